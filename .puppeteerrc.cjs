// Installing this project never downloads a browser, so `npm ci` works on a closed network.
// The browser comes from @sparticuz/chromium (Linux) or from the machine; see src/browser/.
module.exports = { skipDownload: true };
