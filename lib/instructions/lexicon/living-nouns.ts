import type { NounLists } from "./noun-list";

/**
 * Marks: `sing/plur` irregular plural; `x=` same form for both; `x!` plural only; `x~` mass noun;
 * `-x` recognised, but never offered as a new thing; `:m`, `:f` grammatical gender; `_` joins words.
 */
export const livingNouns: NounLists = {
  person: `man/men:m woman/women:f boy:m girl:f -child/children -person/people -kid -baby/babies -toddler -infant
    -guy:m -lady/ladies:f -gentleman/gentlemen:m -adult -teenager -teen -youth -couple -male:m -female:f -fellow:m
       
    -mother:f -father:m -mom:f -dad:m -parent -son:m -daughter:f -brother:m -sister:f -husband:m -wife/wives:f
    -grandmother:f -grandfather:m -bride:f -groom:m -friend -student -teacher -worker -employee -passenger
    -pedestrian -tourist -traveler -customer -shopper -guest -spectator -rider -driver -passerby/passersby
    -cyclist -biker -bicyclist -motorcyclist -skateboarder -skater -skier -snowboarder -surfer -swimmer -runner -hiker -climber
    -player -baseball_player -tennis_player -soccer_player -football_player -basketball_player -golfer -batter
    -pitcher -catcher -umpire -athlete -jogger -dancer -singer -musician -guitarist -drummer -pianist -performer
    chef -cook -baker -waiter:m -waitress/waitresses:f -bartender -barista -butcher -vendor -seller -shopkeeper
    firefighter -fireman/firemen:m -policeman/policemen:m police_officer -officer -soldier -guard -sailor
    -pilot -doctor -nurse -dentist -scientist -engineer -mechanic -carpenter -painter -artist -photographer
    -farmer -cowboy:m -cowgirl:f -fisherman/fishermen:m -gardener -shepherd -jockey astronaut knight clown
    wizard:m -pirate -king:m -queen:f -prince:m -princess/princesses:f -monk -priest:m -nun:f -businessman/businessmen:m
    -businesswoman/businesswomen:f -construction_worker -street_performer -twin `,
  "people-group": "-crowd -team -family/families -audience -band -class -crew -orchestra -choir",
  pet: `dog cat puppy/puppies kitten rabbit -bunny/bunnies -hamster -guinea_pig fox/foxes -ferret -poodle -labrador
    -golden_retriever -retriever -terrier -bulldog -pug -beagle -dachshund -collie -husky/huskies -german_shepherd
    -corgi -chihuahua -dalmatian -spaniel -tabby_cat -tabby -siamese_cat -calico_cat -kitty/kitties -hound -pup
    -greyhound raccoon`,
  "farm-animal": `horse cow sheep= goat donkey -pony/ponies -bull -calf/calves -lamb -foal -ox/oxen -mule pig
    -piglet -cattle= -ram -stallion -mare -llama -alpaca -steer -livestock~ -hog -bison=`,
  "wild-animal": `elephant giraffe zebra bear lion tiger deer= -monkey -kangaroo -camel wolf/wolves -leopard -cheetah -panda
    -polar_bear -grizzly_bear  -black_bear -rhino -rhinoceros -hippo -hippopotamus moose= -elk=
    -antelope -gazelle -buffalo= -gorilla -chimpanzee -ape -koala -squirrel -chipmunk -hedgehog -rat  
    -beaver -otter -badger -boar -reindeer= -wildebeest -lioness/lionesses -cub -jaguar -lynx/lynxes -hyena -sloth`,
  bird: `-bird seagull parrot owl -pigeon duck -goose/geese -swan -chicken -hen -rooster -turkey -eagle -hawk
    -falcon crow -raven -sparrow -robin -pelican -flamingo -peacock -penguin -ostrich/ostriches -heron -stork 
    -dove -hummingbird -woodpecker -finch/finches -duckling -chick -gull -vulture toucan cockatoo -parakeet -kingfisher -magpie -egret -cormorant`,
  "sea-animal": `fish= -dolphin -whale -shark -seal -sea_lion -octopus/octopuses -jellyfish= -crab -lobster -starfish= -turtle
    -sea_turtle -goldfish= -stingray -walrus/walruses -seahorse -shrimp= -salmon= -trout=`,
  insect: `-butterfly/butterflies -bee -ladybug -dragonfly/dragonflies -spider -ant -beetle -moth -grasshopper -caterpillar -snail -wasp `,
  reptile:
    "-snake lizard frog -tortoise -crocodile -alligator -iguana -gecko -toad -chameleon -dinosaur -dragon",
};
