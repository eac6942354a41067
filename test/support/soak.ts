/** Whether tests take the sizes that are too large for every run: `npm run test:soak`. */
export const soak = process.env.CONNECT_WEBHOOK_SOAK === "1";
