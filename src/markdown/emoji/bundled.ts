/** The emoji that are known without a Connect tree: those that integrations and people use most. */
import { type EmojiEntry, type EmojiTable, emojiTable } from "./table.ts";

/** One emoji a line: its code points, its main name, its other names. */
const EMOJI = `
0023-20e3 hash
0030-20e3 zero
0031-20e3 one
0032-20e3 two
0033-20e3 three
0034-20e3 four
0035-20e3 five
0036-20e3 six
0037-20e3 seven
0038-20e3 eight
0039-20e3 nine
1f197 squared_ok
1f195 new
1f193 free
1f192 cool
1f198 sos
1f199 squared_up
1f19a vs
1f51f ten
1f522 1234
1f4af 100 hundred
2705 check all_good approved
2611 checkbox
2714 check_mark
274c cross_mark incorrect wrong
274e x
2795 plus add
2796 minus subtract
2797 division divide
2716 multiplication multiply
2753 question
2139 info
2754 grey_question
2755 grey_exclamation
2757 exclamation
203c bangbang double_exclamation
26a0 warning caution danger
26a1 high_voltage zap
26d4 no_entry wrong_way
1f6ab prohibited not_allowed
1f6d1 stop_sign octagonal_sign
1f6a7 work_in_progress construction_zone
1f6a8 siren rotating_light alert
1f6a6 traffic_light vertical_traffic_light
1f6a9 triangular_flag
1f3c1 checkered_flag
1f534 red_circle
1f7e0 orange_circle
1f7e1 yellow_circle yellow
1f7e2 green_circle
1f535 blue_circle
1f7e3 purple_circle
1f7e4 brown_circle
26ab black_circle
26aa white_circle
1f7e8 yellow_large_square
1f7e9 green_large_square
2b1b black_large_square
2b1c white_large_square
1f536 large_orange_diamond
1f537 large_blue_diamond
2b06 up
2b07 down
27a1 right
2b05 left
21a9 reply left_hook
21aa forward right_hook
1f501 repeat
1f502 repeat_one
1f503 clockwise
1f504 counterclockwise return
1f519 back
1f51a end
1f51b on
1f51c soon
1f51d top
23e9 fast_forward
23ea rewind
23ed next_track
23ee previous_track
23ef play_pause
23f0 alarm_clock
23f1 stopwatch
23f2 timer
23f3 time_ticking
231a watch
231b times_up hourglass_done
23f8 pause
23f9 stop_button
23fa record
25b6 play
1f4c5 calendar
1f4c6 date
1f389 tada
1f38a confetti
1f381 gift present
1f382 birthday
1f388 balloon
1f384 holiday_tree
1f3c6 trophy winner
1f3c5 medal
1f947 first_place gold
1f948 second_place silver
1f949 third_place bronze
1f3af direct_hit bulls_eye
2b50 star
1f31f glowing_star
2728 sparkles glamour
1f4a5 boom explosion
1f525 fire lit hot
1f4a7 drop water_drop
1f308 rainbow
2600 sunny
2601 cloud overcast
26c5 partly_sunny
2614 umbrella_with_rain
2744 snowflake
1f30a ocean
1f30d earth_africa
1f30e earth_americas
1f30f earth_asia
1f310 www globe
1f680 rocket
2708 airplane
1f697 car
1f6a2 ship
1f6e0 working_on_it hammer_and_wrench tools
1f527 fixing wrench
1f528 hammer maintenance
2699 gear settings
1f529 nut_and_bolt
1f517 link
1f512 locked
1f513 unlocked
1f510 secure
1f511 key
1f50d search find
1f50e magnifying_glass_tilted_right magnifying
1f514 notifications bell
1f515 mute_notifications
1f4a1 light_bulb bulb idea
1f4ac umm speech_balloon
1f4ad thought
1f4dd memo note
1f4cb clipboard
1f4cc push_pin
1f4cd pin
1f4ce paperclip attachment
1f4c1 organize file_folder
1f4c2 folder
1f4c4 document paper file page
1f4d6 book
1f4da books
1f4d3 notebook
1f4e6 package
1f4e7 e-mail
1f4e9 mail_sent sealed
1f4e5 inbox
1f4e4 outbox
1f4ec unread_mail
1f4e2 loudspeaker
1f4e3 megaphone shout
1f4ca bar_chart
1f4c8 chart increasing
1f4c9 downwards_trend shrinking decreasing
1f4b0 money
1f4b5 dollar_bills
1f4b3 credit_card
1f6d2 shopping_cart
1f4bb computer laptop
1f5a5 desktop_computer
1f4f1 mobile_phone
1f4de landline home_phone
1f4f7 camera
1f3a5 movie_camera
1f50b battery
1f50c electric_plug
1f41b bug
1f41c ant
1f41e lady_beetle ladybug
1f40d snake
1f418 elephant
1f419 octopus
1f41f fish
1f424 chick baby_chick
1f427 penguin
1f431 kitten
1f408 cat
1f415 dog
1f407 rabbit
1f422 turtle
1f984 unicorn
1f48e gem crystal
1f44d +1 thumbs_up like
1f44e -1 thumbs_down
1f44c ok
1f44f clap applause
1f44b wave hello hi
1f44a fist_bump punch
1f64c raised_hands praise
1f64f pray thank_you welcome
1f4aa muscle
1f91d handshake
1f91e fingers_crossed
270b hand raised_hand
270c peace_sign
1f440 eyes looking
1f464 silhouette
1f465 silhouettes
1f647 bow
1f3c3 running runner
1f6b6 walking
1f600 grinning happy
1f603 smiley
1f604 big_smile
1f606 laughing lol
1f605 sweat_smile
1f602 joy tears laughter_tears
1f642 smile
1f643 upside_down oops
1f609 wink
1f60a blush
1f60c relieved
1f60d heart_eyes in_love
1f60e sunglasses
1f610 neutral
1f612 unamused
1f614 pensive
1f615 oh_no half_frown concerned confused
1f61b stuck_out_tongue
1f61f worried
1f620 angry
1f621 rage mad
1f622 cry
1f62d sob
1f62e open_mouth
1f631 scream
1f635 dizzy
1f641 frown
1f914 thinking
1f916 robot
1f47b ghost
1f47d alien
1f480 skull
1f4a9 poop
2764 heart love
1f494 broken_heart heartache
1f49a green_heart
1f499 blue_heart
1f49b yellow_heart
1f49c purple_heart
2615 coffee
1f37a beer
1f37b beers
1f355 pizza
1f370 cake
1f951 avocado
1f34b lemon
1f331 seedling sprout
1f333 tree
1f335 cactus
2693 anchor
1f3e0 house
1f3e2 office
1f3ed factory
1f4a3 bomb
1f6bd toilet
1f6aa door
1f5d1 wastebasket trash_can
1f5c3 archive
1f3f7 label
1f9ea test_tube
1f9f9 broom
267b recycle
00a9 copyright
00ae registered
2122 tm
`;

let table: EmojiTable | undefined;

/** The bundled table of emoji, without custom ones. */
export function bundledEmoji(): EmojiTable {
  table ??= emojiTable(
    EMOJI.trim()
      .split("\n")
      .map((line): EmojiEntry => {
        const [code = "", ...names] = line.split(" ");
        return [code, ...names];
      }),
  );
  return table;
}
