/**
 * The 512 words of the PGP word list (Juola and Zimmermann, 1995), of two and of three syllables, in one alphabetical list.
 *
 * Only for help with spelling: which word stands where, and whether a code is right, is the agent's business.
 */
export const PGP_WORDS: readonly string[] = `
  aardvark absurd accrue acme adrift adroitness adult adviser afflict aftermath aggregate ahead aimless algol alkali
  allow almighty alone ammo amulet amusement ancient antenna apollo apple applicant armistice article artist assume
  asteroid athens atlantic atlas atmosphere autopsy aztec baboon babylon backfield backward backwater banjo barbecue
  beaming bedlamp beehive beeswax befriend belfast belowground berserk bifocals billiard bison blackjack blockade
  blowtorch bluebird bodyguard bombast bookseller bookshelf borderline bottomless brackish bradbury bravado
  brazilian breadline breakaway breakup brickyard briefcase burbank burlington businessman butterfat button buzzard
  camelot candidate cannonball capricorn caravan caretaker celebrate cellulose cement certify chairlift chambermaid
  chatter checkup cherokee chicago chisel choking chopper christmas clamshell classic classroom cleanup clergyman
  clockwork cobra coherence combustion commando commence company component concert concurrent confidence conformist
  congregate consensus consulting corporate corrosion councilman cowbell crackdown cranky crossover crowfoot crucial
  crucifix crumpled crusade cubic cumbersome customer dakota dashboard deadbolt decadence december decimal deckhand
  designing detector detergent determine dictator dinosaur direction disable disbelief disruptive distortion
  document dogsled dragnet drainage dreadful drifter dropper drumbeat drunken dupont dwelling eating edict egghead
  eightball embezzle enchanting endorse endow enlist enrollment enterprise equation equipment erase escapade escape
  eskimo everyday examine exceed existence exodus eyeglass eyetooth facial fallout fascinate filament finicky
  flagpole flatfoot flytrap forever fortitude fracture framework freedom frequency frighten gadgetry galveston
  gazelle geiger getaway glitter glossary glucose goggles goldfish gossamer graduate gravity gremlin guidance
  guitarist hamburger hamilton hamlet handiwork hazardous headwaters hemisphere hesitate hideaway highchair hockey
  holiness hurricane hydraulic impartial impetus inception indigo indoors indulge inertia infancy inferno informant
  insincere insurgent integrate intention inventive inverse involve island istanbul jamaica jawbone jupiter keyboard
  kickoff kiwi klaxon leprosy letterhead liberty locale lockup maritime matchmaker maverick medusa megaton merit
  microscope microwave midsummer millionaire minnow miracle miser misnomer mohawk molasses molecule montana monument
  mosquito mural music narrative nebula necklace neptune newborn newsletter nightbird norwegian oakland obtuse
  october offload ohio onlooker optic opulent orca orlando outfielder pacific pandemic pandora paperweight paragon
  paragraph paramount passenger payday peachy pedigree pegasus penetrate perceptive performance pharmacy pheasant
  phonetic photograph physique pioneer playhouse pluto pocketful politeness positive potato preclude prefer
  preshrunk printer processor provincial prowler proximate puberty publisher pupil puppy pyramid python quadrant
  quantity quiver quota racketeer ragtime ratchet rebellion rebirth recipe recover reform regain reindeer rematch
  repay repellent replica reproduce resistor responsive retouch retraction retrieval retrospect revenge revenue
  revival revolver reward rhythm ribcage ringbolt robust rocker ruffled sailboat sandalwood sardonic saturday
  savagery sawdust scallion scavenger scenic scorecard scotland seabird select sensation sentence shadow shamrock
  showgirl skullcap skydive slingshot slowdown snapline snapshot snowcap snowslide sociable solo southward souvenir
  soybean spaniel spearhead specialist speculate spellbind spheroid spigot spindle spyglass stagehand stagnate
  stairway standard stapler steamship sterling stethoscope stockman stopwatch stormy stupendous sugar supportive
  surmount surrender suspense suspicious sweatband swelter sympathy tactics talon tambourine tapeworm telephone
  tempest therapist tiger tissue tobacco tolerance tomorrow tonic topmost torpedo tracker tradition transit trauma
  travesty treadmill trojan trombonist trouble truncated tumor tunnel tycoon typewriter ultimate uncut undaunted
  underfoot unearth unicorn unify universe unravel unwind upcoming uproot upset upshot vacancy vagabond vapor
  vertigo village virginia virus visitor vocalist voyager vulcan waffle wallet warranty watchword waterloo wayside
  whimsical wichita willow wilmington woodlark wyoming yesteryear yucatan zulu
`
  .trim()
  .split(/\s+/u);
