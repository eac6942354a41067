// What the documentation's terminal pictures show. Every line really runs.

export const scenes = [
  {
    name: "loop",
    title: "From a captured payload to a tested integration with its picture, in a terminal",
    rows: 30,
    before: ["connect-webhook init workspace", "mv captured.json workspace"],
    lines: [
      "cd workspace",
      "connect-webhook new acmedeploy --category deployment --payload captured.json --yes",
      "connect-webhook test acmedeploy",
      "connect-webhook preview acmedeploy",
      "connect-webhook lint acmedeploy",
    ],
  },
];
