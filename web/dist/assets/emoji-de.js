var e=`emoji-list =
    👍 Daumen hoch, ja, gut, einverstanden
    👎 Daumen runter, nein, schlecht
    ❤️ rotes Herz, Liebe
    🧡 oranges Herz, Liebe
    💛 gelbes Herz, Liebe
    💚 grünes Herz, Liebe
    💙 blaues Herz, Liebe
    💜 lila Herz, Liebe
    🖤 schwarzes Herz
    💔 gebrochenes Herz, traurig
    😂 Freudentränen, lachen, lustig
    🤣 vor Lachen rollen, lustig
    😀 grinsen, froh, lächeln
    😄 lachende Augen, froh
    😊 errötet, froh, warm
    🙂 leichtes Lächeln
    😉 zwinkern
    😍 Herzaugen, Liebe
    🥰 lächeln mit Herzen, Liebe
    😘 Kuss, Liebe
    😎 cool, Sonnenbrille
    🤩 Sternaugen, toll
    🥳 Party, Geburtstag, feiern
    😇 Heiligenschein, unschuldig
    🤗 umarmen
    🤔 nachdenken, hm
    🤨 hochgezogene Braue, Zweifel
    😐 neutral
    🙄 Augen rollen
    😏 schmunzeln
    😬 Grimasse, peinlich
    😮 offener Mund, staunen, überrascht
    😲 erstaunt, Schreck
    😳 rot vor Scham, verlegen
    🥺 bittend
    😢 weinen, traurig
    😭 schluchzen, traurig
    😔 bedrückt, traurig
    😞 enttäuscht
    😩 erschöpft, müde
    😴 schlafen, müde, Nacht
    😤 schnauben
    😠 ärgerlich
    😡 wütend, ärgerlich
    🤯 Kopf explodiert, unfassbar
    😱 schreien, Angst
    🤒 Fieber, krank
    🤧 niesen, erkältet, krank
    🤮 erbrechen, krank
    😷 Maske, krank
    🤡 Clown
    👻 Gespenst
    💀 Totenkopf
    💩 Haufen
    🤖 Roboter
    👋 winken, hallo, tschüss
    🙏 gefaltete Hände, danke, bitte
    👏 klatschen, bravo
    🙌 Hände hoch, hurra
    💪 starker Arm, Kraft
    🤝 Handschlag, abgemacht
    ✌️ Victory, Frieden
    🤞 Daumen drücken, Glück
    👌 fein, perfekt
    👀 Augen, schauen
    🫶 Herzhände, Liebe
    🤷 Schulterzucken, egal
    🤦 an die Stirn fassen
    👉 nach rechts zeigen
    👆 nach oben zeigen
    🧠 Gehirn
    👶 Baby
    🐶 Hund
    🐱 Katze
    🐻 Bär
    🦊 Fuchs
    🐸 Frosch
    🐦 Vogel
    🐟 Fisch
    🦋 Schmetterling
    🐝 Biene
    🌸 Blüte, Blume, Frühling
    🌹 Rose, Blume
    🌳 Baum
    🍀 Kleeblatt, Glück
    🌍 Erde, Welt
    🌙 Mond, Nacht
    ☀️ Sonne, Wetter
    ⛅ Wolke, Wetter
    🌧️ Regen, Wetter
    ❄️ Schnee, Winter, kalt
    🔥 Feuer, heiß, toll
    🌈 Regenbogen
    ⭐ Stern
    ✨ Funkeln
    ⚡ Blitz, schnell
    💧 Tropfen, Wasser
    🌊 Welle, Meer
    🍎 Apfel
    🍋 Zitrone
    🍓 Erdbeere
    🥑 Avocado
    🍞 Brot
    🧀 Käse
    🍕 Pizza
    🍔 Burger
    🍰 Kuchen
    🎂 Geburtstagskuchen
    🍫 Schokolade
    ☕ Kaffee, Tee, Heißgetränk
    🍵 Tee
    🍺 Bier
    🍷 Wein
    🥂 Gläser, zum Wohl
    🎉 Konfetti, feiern
    🎁 Geschenk
    🎈 Luftballon
    🎵 Note, Musik
    🎸 Gitarre, Musik
    ⚽ Fußball
    🏆 Pokal, gewinnen
    🎯 Zielscheibe, Treffer
    🎲 Würfel, Spiel
    📷 Kamera, Foto
    📞 Telefon, anrufen
    💻 Laptop, Computer
    💡 Idee, Licht
    📌 Stecknadel
    📅 Kalender, Datum
    ⏰ Wecker, Uhr
    🔒 Schloss
    🔑 Schlüssel
    🛠️ Werkzeug, reparieren
    💰 Geld
    🏠 Haus, Zuhause
    🚗 Auto
    🚲 Fahrrad, Rad
    🚆 Zug
    ✈️ Flugzeug, Flug, Reise
    ⛵ Boot, segeln
    🏖️ Strand, Urlaub
    ⛰️ Berg
    ✅ erledigt, geprüft
    ❌ Kreuz, nein
    ❓ Frage
    ❗ Ausruf
    ➕ plus
    💯 hundert, perfekt
    💤 schlafen
    🆗 okay
`;export{e as default};