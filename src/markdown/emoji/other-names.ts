/** Names that other services have for emoji which trees call otherwise, with the code points. */
import type { EmojiTable } from "./table.ts";

const OTHER_NAMES: Readonly<Record<string, string>> = {
  alarm_clock: "23f0",
  arrow_down: "2b07",
  arrow_left: "2b05",
  arrow_right: "27a1",
  arrow_up: "2b06",
  arrows_counterclockwise: "1f504",
  ballot_box_with_check: "2611",
  bangbang: "203c",
  bar_chart: "1f4ca",
  bell: "1f514",
  bulb: "1f4a1",
  busts_in_silhouette: "1f465",
  calendar: "1f4c5",
  chart_with_downwards_trend: "1f4c9",
  chart_with_upwards_trend: "1f4c8",
  clipboard: "1f4cb",
  exclamation: "2757",
  gear: "2699",
  hammer_and_wrench: "1f6e0",
  heavy_check_mark: "2714",
  heavy_exclamation_mark: "2757",
  heavy_minus_sign: "2796",
  heavy_multiplication_x: "2716",
  heavy_plus_sign: "2795",
  hourglass_flowing_sand: "23f3",
  information_source: "2139",
  large_blue_circle: "1f535",
  large_green_circle: "1f7e2",
  large_orange_circle: "1f7e0",
  large_yellow_circle: "1f7e1",
  loud_sound: "1f50a",
  mag: "1f50d",
  moneybag: "1f4b0",
  negative_squared_cross_mark: "274e",
  no_entry_sign: "1f6ab",
  octagonal_sign: "1f6d1",
  pencil2: "270f",
  person: "1f9d1",
  rotating_light: "1f6a8",
  thumbsdown: "1f44e",
  thumbsup: "1f44d",
  twisted_rightwards_arrows: "1f500",
  white_check_mark: "2705",
  wrench: "1f527",
  x: "274c",
  zap: "26a1",
};

/** What a table calls the emoji that another service has under a name; undefined when nothing is known of it. */
export function nameElsewhere(name: string, { names }: EmojiTable): string | undefined {
  const code = Object.hasOwn(OTHER_NAMES, name) ? OTHER_NAMES[name] : undefined;
  return code === undefined ? undefined : names.get(code);
}
