var e=`emoji-list =
    👍 thumbs up, yes, good, agree
    👎 thumbs down, no, bad
    ❤️ red heart, love
    🧡 orange heart, love
    💛 yellow heart, love
    💚 green heart, love
    💙 blue heart, love
    💜 purple heart, love
    🖤 black heart
    💔 broken heart, sad
    😂 tears of joy, laugh, funny
    🤣 rolling with laughter, funny
    😀 grinning, happy, smile
    😄 smiling eyes, happy
    😊 blushing, happy, warm
    🙂 slight smile
    😉 wink
    😍 heart eyes, love
    🥰 smiling with hearts, love
    😘 kiss, love
    😎 cool, sunglasses
    🤩 star eyes, wow, great
    🥳 party, birthday, celebrate
    😇 halo, innocent
    🤗 hug
    🤔 thinking, hmm
    🤨 raised eyebrow, doubt
    😐 neutral
    🙄 rolling eyes
    😏 smirk
    😬 grimace, awkward
    😮 open mouth, wow, surprise
    😲 astonished, shock
    😳 flushed, embarrassed
    🥺 pleading
    😢 crying, sad
    😭 sobbing, sad
    😔 pensive, sad
    😞 disappointed
    😩 weary, tired
    😴 sleeping, tired, night
    😤 huffing
    😠 angry
    😡 furious, angry
    🤯 exploding head, mind blown
    😱 screaming, fear
    🤒 thermometer, ill, sick
    🤧 sneezing, cold, ill
    🤮 vomiting, ill
    😷 mask, ill
    🤡 clown
    👻 ghost
    💀 skull
    💩 poo
    🤖 robot
    👋 waving hand, hello, goodbye
    🙏 folded hands, thanks, please
    👏 clapping, bravo
    🙌 raised hands, hooray
    💪 strong arm, strength
    🤝 handshake, deal
    ✌️ victory, peace
    🤞 crossed fingers, luck
    👌 fine, perfect
    👀 eyes, look
    🫶 heart hands, love
    🤷 shrug, whatever
    🤦 face palm
    👉 pointing right
    👆 pointing up
    🧠 brain
    👶 baby
    🐶 dog
    🐱 cat
    🐻 bear
    🦊 fox
    🐸 frog
    🐦 bird
    🐟 fish
    🦋 butterfly
    🐝 bee
    🌸 blossom, flower, spring
    🌹 rose, flower
    🌳 tree
    🍀 four leaf clover, luck
    🌍 earth, world
    🌙 moon, night
    ☀️ sun, weather
    ⛅ cloud, weather
    🌧️ rain, weather
    ❄️ snow, winter, cold
    🔥 fire, hot, great
    🌈 rainbow
    ⭐ star
    ✨ sparkles
    ⚡ lightning, fast
    💧 drop, water
    🌊 wave, sea
    🍎 apple
    🍋 lemon
    🍓 strawberry
    🥑 avocado
    🍞 bread
    🧀 cheese
    🍕 pizza
    🍔 burger
    🍰 cake
    🎂 birthday cake
    🍫 chocolate
    ☕ coffee, tea, hot drink
    🍵 tea
    🍺 beer
    🍷 wine
    🥂 glasses, cheers
    🎉 party popper, celebrate
    🎁 present, gift
    🎈 balloon
    🎵 note, music
    🎸 guitar, music
    ⚽ football
    🏆 trophy, win
    🎯 bullseye, target
    🎲 die, game
    📷 camera, photo
    📞 telephone, call
    💻 laptop, computer
    💡 idea, light
    📌 pin
    📅 calendar, date
    ⏰ alarm, clock
    🔒 lock
    🔑 key
    🛠️ tools, repair
    💰 money
    🏠 house, home
    🚗 car
    🚲 bicycle, bike
    🚆 train
    ✈️ plane, flight, travel
    ⛵ boat, sailing
    🏖️ beach, holiday
    ⛰️ mountain
    ✅ done, check
    ❌ cross, no
    ❓ question
    ❗ exclamation
    ➕ plus
    💯 hundred, perfect
    💤 sleep
    🆗 ok
`;export{e as default};