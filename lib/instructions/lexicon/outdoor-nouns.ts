import type { NounLists } from "./noun-list";

/** Marks as in living-nouns.ts. */
export const outdoorNouns: NounLists = {
  car: `car bus/buses truck van taxi -cab -suv -pickup_truck -pickup -fire_truck -fire_engine -ambulance -police_car -limousine
    -convertible -jeep -minivan -sedan -race_car -sports_car -school_bus/school_buses -double_decker_bus/double_decker_buses
    -double-decker_bus/double-decker_buses -garbage_truck -dump_truck -tow_truck -food_truck -delivery_truck -semi_truck
    -semi -trailer -camper -camper_van -rv -tractor -bulldozer -excavator -vehicle -automobile -wagon -station_wagon
    -carriage -cart -golf_cart -tank -lorry/lorries -hatchback -roadster -minibus/minibuses -passenger_bus/passenger_buses -city_bus/city_buses -tour_bus/tour_buses`,
  bike: `bicycle motorcycle scooter -bike -motorbike moped -tricycle -dirt_bike -mountain_bike -unicycle -sidecar -rickshaw -motor_bike -motor_scooter -rental_bike`,
  train: `train tram -locomotive -steam_train -steam_engine -subway_train -subway -trolley -streetcar -freight_train -passenger_train -commuter_train
    -train_car -bullet_train -monorail -cable_car -engine -train_engine -caboose`,
  boat: `-boat sailboat canoe kayak rowboat -ship -ferry/ferries -yacht -raft -gondola -motorboat -speedboat -fishing_boat
    -cruise_ship -tugboat -barge -dinghy/dinghies -houseboat -jet_ski -submarine -sailing_ship -tug_boat -sail_boat -row_boat -speed_boat`,
  aircraft: `airplane -plane -jet helicopter -biplane -glider -jetliner -airliner -jumbo_jet -fighter_jet -hot_air_balloon -hot-air_balloon
    -blimp -airship -drone -seaplane -propeller_plane -passenger_jet -passenger_plane -rocket -spaceship -aircraft= -jet_plane -spacecraft=`,
  building: `house -building -church/churches barn -cottage -cabin -hut castle -tower -clock_tower windmill lighthouse -skyscraper -temple
    -mosque -cathedral -palace -mansion -apartment_building -farmhouse -shed -garage -warehouse -factory/factories -hotel -school
    -hospital -shop -store -stall -kiosk -tent -pavilion -gazebo -greenhouse -pagoda -chapel -bungalow -shack -treehouse -tree_house
    -train_station -bus_station -station -airport -stadium -museum -library/libraries  -office_building -gas_station  
    -teepee -igloo -dome -monument -pyramid -ruin -steeple -townhouse -high_rise -doghouse -birdhouse -bird_house`,
  "building-part": `-wall door -window -roof -floor -ceiling -chimney -balcony/balconies -porch/porches -gate -doorway -staircase -stair -step
    -column -pillar -facade -garage_door front_door -shutter -railing -awning -ledge -windowsill -window_sill  
     -tile -archway -entrance -banister  -counter_top -sill`,
  "street-thing": `-stop_sign -sign -street_sign fire_hydrant -hydrant mailbox/mailboxes parking_meter -traffic_light -traffic_signal -street_light -streetlight
    -lamp_post -lamppost -street_lamp -light_pole -pole -billboard -bus_stop -phone_booth -telephone_booth -trash_can -garbage_can -dumpster
    -traffic_cone -cone -barrier -barricade -newspaper_stand -vending_machine -power_line -utility_pole -bike_rack -road_sign -neon_sign
    -stop_light -stoplight -signpost -crosswalk_sign -manhole_cover -meter -trash_bin`,
  structure: `-bridge -fence -statue fountain -sculpture -tunnel -pier -dock -ramp -skate_ramp -half_pipe -platform -scaffold -crane -wire
    -swing -slide -playground -goal -soccer_goal -net -tennis_net -dam -well -picket_fence   -water_tower -wind_turbine -rail -track -train_track -railroad_track -ski_lift
    -obelisk -trellis -canopy/canopies -hay_bale -haystack -bale -fire_pit -campfire -fireplace -cage -birdcage -boardwalk -jetty/jetties -wharf`,
  tree: `tree -palm_tree -pine_tree -oak_tree -apple_tree -cherry_tree -maple_tree -willow -birch -pine -oak -palm -fir -evergreen -christmas_tree  -tree_trunk -tree_branch/tree_branches
    -branch/branches -cherry_blossom_tree -willow_tree  -orange_tree`,
  flower: `-flower rose tulip sunflower daisy/daisies lily/lilies -orchid -blossom -bouquet -poppy/poppies -daffodil -lavender~ -dandelion -wildflower
    -carnation -hydrangea -bloom -iris/irises -peony/peonies -petal -flower_bed -lotus/lotuses`,
  plant: `-plant -bush/bushes cactus/cactuses -fern -shrub -hedge -ivy~ -vine -potted_plant -houseplant -house_plant -succulent -bamboo~ -moss~ -weed -leaf/leaves -foliage~ -seaweed~
    -shrubbery~ -greenery~ -vegetation~ -reed -hay~ -straw~  -log -stump -twig -stick -wheat~ -corn_stalk -pumpkin_patch`,
  landform: `-mountain -hill -hillside -mountainside -cliff -rock -boulder -valley -canyon -dune -sand_dune -volcano/volcanoes -island -peak -slope -ski_slope
    -mountain_range -ridge -cave -glacier -iceberg -stone -pebble -mountain_top -mountaintop -bluff -gorge   -outcrop`,
  water: `-ocean -sea -lake -river -pond -stream -creek     -bay -harbor -lagoon -canal  -waterway -marsh/marshes -swamp -brook -body_of_water  -watering_hole `,
  wave: "-wave -waterfall -puddle -pool -swimming_pool -surf~ -foam~ -water~ -splash/splashes",
  road: `-road -street -highway -sidewalk -path -trail -driveway -alley -lane -crosswalk -intersection -city_street -dirt_road -country_road -gravel_road -parking_lot -roadway -avenue
    -pavement -roadside -walkway -freeway -boulevard -curb -dirt_path -bike_path -bike_lane -runway -tarmac  -railroad_crossing -roundabout  -street_corner  -mountain_road -race_track -racetrack`,
  ground: `-grass~ -sand~ -dirt~ -mud~ -gravel~ -lawn -soil~ -concrete~ -asphalt~ -ground -turf~     -court -tennis_court -basketball_court -baseball_field -soccer_field -football_field -field -meadow -pasture -grassland -savanna -baseball_diamond -golf_course
    -grass_field   -plain -prairie -farmland -corral -pen -wheat_field -lavender_field -corn_field -home_plate -mound -pitcher's_mound`,
  "outdoor-place": `-beach/beaches -park -forest -wood! -garden -city/cities -town -village -desert -jungle -farm -zoo -yard -backyard -front_yard -market -street_market -farmers_market -plaza -square -city_square -town_square
    -campsite -campground -orchard -vineyard -countryside~ -coast -shore -shoreline -seaside -skatepark -skate_park -patio -terrace -deck -marina -train_yard -construction_site -city_park
    -courtyard -parade -festival -picnic -cemetery/cemeteries -safari -enclosure -rain_forest -rainforest -skyline -city_skyline -landscape -tundra -oasis/oases -outdoor_market -outdoors~ -woodland -riverbank -lakeside  -racecourse -port -downtown~ -lake_shore -amusement_park -carnival -junkyard`,
  sky: "-sky/skies -cloud -sun -moon -star -rainbow -galaxy/galaxies -planet -sunset -sunrise -firework -lightning~ -aurora -horizon -comet -northern_lights! -milky_way  ",
  weather:
    "-rain~ -snow~ -fog~ -mist~ -storm -thunderstorm -blizzard -sunshine~ -sunlight~ -moonlight~ -wind~ -ice~ -frost~ -hail~ -drizzle~ -haze~ -snowstorm -snowflake -raindrop -icicle -tornado/tornadoes",
  time: "-day -night -morning -afternoon -evening -dusk~ -dawn~ -noon~ -midnight~ -twilight~ -daytime~ -nighttime~ -night_time~ -day_time~ -hour -minute",
  season: "-winter -summer -spring -autumn -fall",
  box: "box/boxes -cardboard_box/cardboard_boxes crate -package -parcel -barrel -carton -gift -present -container  treasure_chest  -pizza_box/pizza_boxes -shipping_container -bin",
};
