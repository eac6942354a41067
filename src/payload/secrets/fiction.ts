/** People and companies that everybody knows from stories: an address of theirs is nobody's. */

/** Companies and places of films, series and books, and words typed without looking. */
const domains =
  /^(planet-?express|momsbot|momcorp|lamancha|got|hogwarts|stark-?industries|wayne-?enterprises|dunder-?mifflin|initech|hooli|pied-?piper|globex|cyberdyne|tyrell|umbrella-?corp|acme-?corp|gotham|rebel-?alliance|galactic-?empire|middle-?earth|vandelay|asdf\w*|fasdf|qwerty)\./;

/** Names that are a story's as a whole, and first names that nobody but its people has. */
const names =
  /^((john|jon)\.?snow|(bilbo|frodo)([._]?baggins)?|samwise|gandalf|gollum|(fili|kili|thorin|legolas|gimli|aragorn)|katsura[._]?kotarou|shimura[._]?shinpachi|sakata[._]?gintoki|okita[._]?sougo|(luke|anakin)[._]?skywalker|darth[._]?vader|han[._]?solo|obi-?wan([._]?kenobi)?|harry[._]?potter|hermione([._]?granger)?|sherlock([._]?holmes)?|(bruce|thomas)[._]?wayne|(tony|arya|ned)[._]?stark|clark[._]?kent|peter[._]?parker|homer[._]?simpson|james[._]?bond|(jane|john|joe)[._]?(doe|smith|bloggs)|qwerty)\d*$|^asdf\w*$/;

/** Whether an address is of a person or company in a story. */
export function isFiction(address: string): boolean {
  const [name = "", domain = ""] = address.toLowerCase().split("@");
  return domains.test(domain) || names.test(name);
}
