# ما يقوله سطر الأوامر.

## Errors

error = kith: { $message }
error-no-home = ليس لهذا الحساب مجلد تُحفظ فيه البيانات.
hint-no-home = سمِّ مجلدًا بالخيار --home.
hint-usage = جرّب 'kith --help'.
error-json = يتعذّر كتابة الجواب بصيغة JSON: { $why }.
error-stdout = يتعذّر الكتابة إلى الخرج القياسي: { $why }.
hint-stdout = أفسح مكانًا، أو وجِّه الخرج إلى مكان آخر.
error-answer = أجاب Kith بما لا تفهمه هذه النسخة: { $why }.
hint-answer = أوقف Kith بالأمر 'kith stop' وشغّله بهذه النسخة.
error-unanswered = ضاع جواب Kith.
error-signals = رفض النظام أن يقول متى يكون التوقف: { $why }.
error-terminal = يتعذّر استعمال الطرفية: { $why }.
hint-terminal = أعطِ الجواب خيارًا؛ يسمّيه 'kith COMMAND --help'.
error-tui-json = 'kith tui' شاشة ولا يطبع شيئًا.
hint-tui-json = استعمل 'kith contacts --json' و'kith log NAME --follow --json'.
hint-bug = هذا خطأ في Kith. بلّغ عنه.

## Running the agent

ready = Kith يعمل: { $url }
ready-open = افتح هذا العنوان خلال دقيقة؛ يصلح مرة واحدة: { $url }
restore-ask = اكتب كلماتك الأربع والعشرين بترتيبها:
passphrase-ask = عبارة مرور هذه البيانات:{" "}
passphrase-again = ليست هي. عبارة المرور:{" "}
error-passphrase-file = يتعذّر قراءة عبارة المرور من { $file }: { $why }.
hint-passphrase-file = في الملف عبارة المرور على سطر واحد بترميز UTF-8.
passphrase-size = هي فارغة أو أطول من اللازم
not-utf8 = ليست بترميز UTF-8

## Pairing

invite-read = اقرأ هذا على { $name }، ليُكتب بعد 'kith accept' أو في Kith:
invite-open = { $count ->
    [zero] مفتوح لأقل من دقيقة.
    [one] مفتوح لدقيقة واحدة.
    [two] مفتوح لدقيقتين.
    [few] مفتوح لمدة { $count } دقائق.
    [many] مفتوح لمدة { $count } دقيقة.
   *[other] مفتوح لمدة { $count } دقيقة.
}
invite-send = أو أرسل هذا الرابط عبر شيء يثق به كلاكما:
failures = { $count ->
    [zero] لا محاولات خاطئة حتى الآن
    [one] محاولة خاطئة واحدة حتى الآن
    [two] محاولتان خاطئتان حتى الآن
    [few] { $count } محاولات خاطئة حتى الآن
    [many] { $count } محاولة خاطئة حتى الآن
   *[other] { $count } محاولة خاطئة حتى الآن
}
stage-generating = إنشاء التطبيق
stage-keys = إنشاء المفاتيح
stage-connection = إقامة الاتصال المباشر
stage-secure = قام اتصال آمن
accepted = أنت و{ $name } متصلان.
accepted-waiting = لم يُجب جهاز { $name } عن كل شيء بعد؛ يستمر Kith من تلقاء نفسه.
error-code-input = يتعذّر قراءة الرمز أو الرابط من الدخل القياسي.
hint-code-input = أعطه نصًا بترميز UTF-8.

## Contacts

no-contacts = لا أحد بعد. ادعُ أحدًا بالأمر 'kith invite NAME'.
contact = { $name }  { $facts }
reach-inviting = مدعو
reach-connecting = قيد الاتصال
reach-failed = انتهى الرمز؛ أنشئ آخر بالأمر 'kith invite NAME --again'
reach-direct = مباشر
reach-relayed = عبر مرحّل
reach-online = يمكن الوصول
reach-offline = لا يمكن الوصول
verified = قورن
unread = { $count } غير مقروءة
waiting = { $count ->
    [zero] لا رسائل تنتظر هنا
    [one] تنتظر هنا رسالة واحدة
    [two] تنتظر هنا رسالتان
    [few] تنتظر هنا { $count } رسائل
    [many] تنتظر هنا { $count } رسالة
   *[other] تنتظر هنا { $count } رسالة
}
renewed = رقم أمان جديد لم يُقارَن
held = { $count ->
    [zero] لا رسائل تنتظر كلمتك
    [one] تنتظر كلمتك رسالة واحدة
    [two] تنتظر كلمتك رسالتان
    [few] تنتظر كلمتك { $count } رسائل
    [many] تنتظر كلمتك { $count } رسالة
   *[other] تنتظر كلمتك { $count } رسالة
}
renewed-proven = تشهد كلمات { $name } الأربع والعشرون للمفاتيح الجديدة. رقم الأمان جديد.
renewed-unproven = لا شيء يشهد للمفاتيح الجديدة بعد: قارنا رقم الأمان الجديد بالأمر 'kith verify'.
renewed-held = { $count ->
    [zero] لم تكن أي رسالة لمفاتيح { $name } القديمة.
    [one] كانت رسالة واحدة لمفاتيح { $name } القديمة. يكتبها 'kith resend' من جديد للمفاتيح الجديدة.
    [two] كانت رسالتان لمفاتيح { $name } القديمة. يكتبهما 'kith resend' من جديد للمفاتيح الجديدة.
    [few] كانت { $count } رسائل لمفاتيح { $name } القديمة. يكتبها 'kith resend' من جديد للمفاتيح الجديدة.
    [many] كانت { $count } رسالة لمفاتيح { $name } القديمة. يكتبها 'kith resend' من جديد للمفاتيح الجديدة.
   *[other] كانت { $count } رسالة لمفاتيح { $name } القديمة. يكتبها 'kith resend' من جديد للمفاتيح الجديدة.
}
reached = تم الوصول إلى جهاز { $name }.
not-reached = ما زال جهاز { $name } غير متاح. ما ينتظر يغادر من تلقاء نفسه حين يعود.
resend-ask-unproven = { $count ->
    [zero] لا شيء يشهد لمفاتيح { $name } الجديدة ولم يُقارَن رقم أمانها. أتُكتب الرسائل لها مع ذلك؟ [y/N]
    [one] كانت رسالة واحدة لمفاتيح { $name } القديمة. لا شيء يشهد للمفاتيح الجديدة ولم يُقارَن رقم أمانها. أتُكتب لها مع ذلك؟ [y/N]
    [two] كانت رسالتان لمفاتيح { $name } القديمة. لا شيء يشهد للمفاتيح الجديدة ولم يُقارَن رقم أمانها. أتُكتبان لها مع ذلك؟ [y/N]
    [few] كانت { $count } رسائل لمفاتيح { $name } القديمة. لا شيء يشهد للمفاتيح الجديدة ولم يُقارَن رقم أمانها. أتُكتب لها مع ذلك؟ [y/N]
    [many] كانت { $count } رسالة لمفاتيح { $name } القديمة. لا شيء يشهد للمفاتيح الجديدة ولم يُقارَن رقم أمانها. أتُكتب لها مع ذلك؟ [y/N]
   *[other] كانت { $count } رسالة لمفاتيح { $name } القديمة. لا شيء يشهد للمفاتيح الجديدة ولم يُقارَن رقم أمانها. أتُكتب لها مع ذلك؟ [y/N]
}
resend-ask-proven = { $count ->
    [zero] تشهد كلمات { $name } الأربع والعشرون للمفاتيح الجديدة. أتُكتب الرسائل لها من جديد؟ [y/N]
    [one] كانت رسالة واحدة لمفاتيح { $name } القديمة. تشهد كلمات { $name } الأربع والعشرون للمفاتيح الجديدة. أتُكتب لها من جديد؟ [y/N]
    [two] كانت رسالتان لمفاتيح { $name } القديمة. تشهد كلمات { $name } الأربع والعشرون للمفاتيح الجديدة. أتُكتبان لها من جديد؟ [y/N]
    [few] كانت { $count } رسائل لمفاتيح { $name } القديمة. تشهد كلمات { $name } الأربع والعشرون للمفاتيح الجديدة. أتُكتب لها من جديد؟ [y/N]
    [many] كانت { $count } رسالة لمفاتيح { $name } القديمة. تشهد كلمات { $name } الأربع والعشرون للمفاتيح الجديدة. أتُكتب لها من جديد؟ [y/N]
   *[other] كانت { $count } رسالة لمفاتيح { $name } القديمة. تشهد كلمات { $name } الأربع والعشرون للمفاتيح الجديدة. أتُكتب لها من جديد؟ [y/N]
}
resend-ask-compared = { $count ->
    [zero] قارنتَ رقم الأمان الجديد مع { $name }. أتُكتب الرسائل للمفاتيح الجديدة من جديد؟ [y/N]
    [one] كانت رسالة واحدة لمفاتيح { $name } القديمة. قارنتَ رقم الأمان الجديد. أتُكتب للمفاتيح الجديدة من جديد؟ [y/N]
    [two] كانت رسالتان لمفاتيح { $name } القديمة. قارنتَ رقم الأمان الجديد. أتُكتبان للمفاتيح الجديدة من جديد؟ [y/N]
    [few] كانت { $count } رسائل لمفاتيح { $name } القديمة. قارنتَ رقم الأمان الجديد. أتُكتب للمفاتيح الجديدة من جديد؟ [y/N]
    [many] كانت { $count } رسالة لمفاتيح { $name } القديمة. قارنتَ رقم الأمان الجديد. أتُكتب للمفاتيح الجديدة من جديد؟ [y/N]
   *[other] كانت { $count } رسالة لمفاتيح { $name } القديمة. قارنتَ رقم الأمان الجديد. أتُكتب للمفاتيح الجديدة من جديد؟ [y/N]
}
resend-ask-drop = { $count ->
    [zero] أتُحذف الرسائل التي كانت لمفاتيح { $name } القديمة؟ [y/N]
    [one] أتُحذف رسالة واحدة كانت لمفاتيح { $name } القديمة؟ [y/N]
    [two] أتُحذف رسالتان كانتا لمفاتيح { $name } القديمة؟ [y/N]
    [few] أتُحذف { $count } رسائل كانت لمفاتيح { $name } القديمة؟ [y/N]
    [many] أتُحذف { $count } رسالة كانت لمفاتيح { $name } القديمة؟ [y/N]
   *[other] أتُحذف { $count } رسالة كانت لمفاتيح { $name } القديمة؟ [y/N]
}
hint-resend = لا أحد هنا يُسأل: قلها بالخيار --yes.
resend-done = { $count ->
    [0] لا رسالة تنتظر كلمتك.
    [zero] لا رسالة تنتظر كلمتك.
    [one] كُتبت رسالة واحدة من جديد لمفاتيح { $name } الجديدة.
    [two] كُتبت رسالتان من جديد لمفاتيح { $name } الجديدة.
    [few] كُتبت { $count } رسائل من جديد لمفاتيح { $name } الجديدة.
    [many] كُتبت { $count } رسالة من جديد لمفاتيح { $name } الجديدة.
   *[other] كُتبت { $count } رسالة من جديد لمفاتيح { $name } الجديدة.
}
resend-dropped = { $count ->
    [0] لا رسالة تنتظر كلمتك.
    [zero] لا رسالة تنتظر كلمتك.
    [one] حُذفت رسالة واحدة.
    [two] حُذفت رسالتان.
    [few] حُذفت { $count } رسائل.
    [many] حُذفت { $count } رسالة.
   *[other] حُذفت { $count } رسالة.
}
verify-number = رقم الأمان بينك وبين { $name }:
verify-ask = هل الرقم نفسه ظاهر لدى { $name }؟ [y/N]
verify-next = لم يُسجَّل شيء بعد. قارنه بما يراه { $name }، وإن تطابقا: «kith verify { $name } --yes».
verify-done = سُجّلت مقارنة رقم الأمان مع { $name }.
verify-undone = لم تعد مقارنة رقم الأمان مع { $name } مسجّلة.
error-no-number = لا رقم أمان مع { $name } بعد.
hint-no-number = يأتي مع أول اتصال.
renamed = الاسم هنا: { $name }.
remove-ask = أتُزال جهة الاتصال { $name } بكل مفاتيحها ورسائلها؟ لا رجوع عن ذلك. [y/N]
removed = أُزيل التطبيق مع { $name } بمفاتيحه ورسائله.
unchanged = لم يتغيّر شيء.
answer-yes = y yes ن نعم

## Messages

you = أنت
message = { $time }  { $from }:
message-deleted = (محذوفة)
message-unknown = (من نسخة أحدث من Kith)
message-edited = معدَّلة
message-late = متأخرة
message-held = تنتظر كلمتك
state-waiting = تنتظر
state-sent = مرسَلة
state-delivered = واصلة
state-seen = مرئية
notice = { $time }  —
edited = عُدّلت. الصياغة الجديدة: { $state }.
hidden = زالت من هنا. لم يعلم بذلك أحد آخر.
deleted-never-delivered = حُذفت. لم تغادر أي نسخة هذا الجهاز: لن تصل أبدًا.
deleted-withdrawn = حُذفت. غادرت نسخة مختومة؛ تُسحب حيث لم تُفتح، ويُطلب محوها حيث فُتحت.
deleted-asked = حُذفت هنا. هي لدى الجهاز الآخر ويُطلب منه محوها؛ ربما قُرئت.
deleted-here = حُذفت هنا. ذهبت إلى المفاتيح السابقة لاقترانكما من جديد: لا أحد يمكن أن يُطلب منه محوها.
error-timed-out = لم تصبح الرسالة بعد في الحال المطلوبة ({ $wanted })، بل هي: { $state }.
hint-timed-out = تبقى على هذا الجهاز حتى تصل إلى الآخر. يُظهر 'kith log' حالها.
error-empty-text = لا نص ليُرسل.
hint-empty-text = أعطِ النص وسيطًا، أو '-' لقراءة الدخل القياسي.
error-input = يتعذّر قراءة الدخل القياسي.
hint-input = أعطِ النص وسيطًا.
error-not-utf8 = النص ليس بترميز UTF-8.
hint-not-utf8 = حوّله أولًا؛ يرسل Kith النص كما هو أو لا يرسله.
error-long-text = النص أطول من رسالة واحدة.
hint-long-text = أرسله أجزاءً.

## This device

status-version = Kith { $version }
status-home = البيانات: { $home }  ·  البداية: { $url }
status-ports = منفذ الويب { $web }  ·  منفذ UDP { $udp }
status-lan = يبقى في الشبكة المحلية
status-internet = الشبكة المحلية والإنترنت
status-contacts = { $count ->
    [zero] لا جهات اتصال
    [one] جهة اتصال واحدة
    [two] جهتا اتصال
    [few] { $count } جهات اتصال
    [many] { $count } جهة اتصال
   *[other] { $count } جهة اتصال
}
status-online = يمكن الوصول إلى { $online }، منها مباشرةً { $direct }
status-waiting = { $count ->
    [0] لا رسالة تنتظر هنا
    [zero] لا رسالة تنتظر هنا
    [one] تنتظر هنا رسالة واحدة
    [two] تنتظر هنا رسالتان
    [few] تنتظر هنا { $count } رسائل
    [many] تنتظر هنا { $count } رسالة
   *[other] تنتظر هنا { $count } رسالة
}
status-stored = { $count } KiB من الرسائل والمفاتيح
status-key-in-file = المفتاح في ملف: من يستطيع قراءة ملفاتك يستطيع قراءة رسائلك.
status-seed = لم تُراجَع الكلمات الأربع والعشرون: انظر 'kith seed show'.
stopped = توقف Kith.
seed-intro = اكتب هذه الكلمات على ورق بهذا الترتيب. هي أصل مفاتيحك: من كانت لديه يستطيع أن يثبت لمن تعرفهم أنه أنت.
seed-next = ثم اكتبها هنا بالأمر 'kith seed confirm'؛ تُمحى بعدها من هنا.
seed-gone = روجعت الكلمات وليست على هذا الجهاز.
seed-confirmed = الكلمات صحيحة. مُحيت من هنا.
error-words-input = يتعذّر قراءة الكلمات من الدخل القياسي.
hint-words-restore = أعطها على الدخل القياسي: 'kith run --restore < FILE'، أو اكتبها.
hint-words-input = اكتبها بعد 'kith seed confirm' بترتيبها.

## The doctor

doctor-well = كل شيء على ما يرام.
doctor-resting = أخفق Kith في هذه المحادثة (عدد المرات: { $count })، ولذلك توقفت. أوقف Kith بالأمر 'kith stop' وشغّله من جديد؛ إن عاد ذلك فبلّغ عنه. لم يضِع شيء محفوظ.
doctor-broken = يتعذّر قراءة ما يُحفظ عن { $name }. لا تتأثر جهات الاتصال الأخرى. شغّل Kith من جديد؛ إن بقي كذلك فأزل { $name } واقترنا من جديد.
doctor-unsound = خزنة { $name } تالفة: يتعذّر قراءة أجزاء من ملفها. انسخ هذه البيانات إلى قرص آخر، وافحص القرص، واقترنا من جديد إن بقي كذلك.
doctor-retired = ما يحفظه هذا الجهاز هنا نسخة أو حالة قديمة، ولذلك لا يكتب بعد الآن. أزل { $name } واقترنا من جديد.
doctor-restored = ما هنا من { $name } جاء من نسخة احتياطية، ولا مفاتيح فيها. اقترنا من جديد لمتابعة الكتابة: 'kith invite { $name } --again'.
doctor-copy-proven = { $count ->
    [zero] لم يُنسخ أي جهاز من أجهزة { $name }.
    [one] نُسخ جهاز من أجهزة { $name } أو أُعيد إلى حالة سابقة. لا يُقرأ منه شيء بعد. أخبر { $name }.
    [two] نُسخ جهازان من أجهزة { $name } أو أُعيدا إلى حالة سابقة. لا يُقرأ منهما شيء بعد. أخبر { $name }.
    [few] نُسخت { $count } أجهزة من أجهزة { $name } أو أُعيدت إلى حالة سابقة. لا يُقرأ منها شيء بعد. أخبر { $name }.
    [many] نُسخ { $count } جهازًا من أجهزة { $name } أو أُعيدت إلى حالة سابقة. لا يُقرأ منها شيء بعد. أخبر { $name }.
   *[other] نُسخ { $count } جهاز من أجهزة { $name } أو أُعيدت إلى حالة سابقة. لا يُقرأ منها شيء بعد. أخبر { $name }.
}
doctor-refused = { $count ->
    [zero] فُتحت هنا كل السجلات من { $name }.
    [one] تعذّر فتح سجل واحد هنا. يرسل جهاز { $name } ما فيه من جديد؛ لا شيء عليك.
    [two] تعذّر فتح سجلين هنا. يرسل جهاز { $name } ما فيهما من جديد؛ لا شيء عليك.
    [few] تعذّر فتح { $count } سجلات هنا. يرسل جهاز { $name } ما فيها من جديد؛ لا شيء عليك.
    [many] تعذّر فتح { $count } سجلًا هنا. يرسل جهاز { $name } ما فيها من جديد؛ لا شيء عليك.
   *[other] تعذّر فتح { $count } سجل هنا. يرسل جهاز { $name } ما فيها من جديد؛ لا شيء عليك.
}
doctor-outside = { $count ->
    [zero] كل الأجهزة في مفاتيح هذه المحادثة.
    [one] جهاز واحد ليس في مفاتيح هذه المحادثة حاليًا. يُضاف حين يكون الجهازان مشغَّلين؛ لا شيء عليك.
    [two] جهازان ليسا في مفاتيح هذه المحادثة حاليًا. يُضافان حين يكونان مشغَّلين؛ لا شيء عليك.
    [few] { $count } أجهزة ليست في مفاتيح هذه المحادثة حاليًا. تُضاف حين تكون مشغَّلة؛ لا شيء عليك.
    [many] { $count } جهازًا ليست في مفاتيح هذه المحادثة حاليًا. تُضاف حين تكون مشغَّلة؛ لا شيء عليك.
   *[other] { $count } جهاز ليست في مفاتيح هذه المحادثة حاليًا. تُضاف حين تكون مشغَّلة؛ لا شيء عليك.
}
doctor-parked = { $count ->
    [zero] كل أجهزة { $name } ظهرت منذ قريب.
    [one] غاب جهاز من أجهزة { $name } طويلًا. ينتظر ما هو له مهما طال الأمر؛ لا شيء عليك.
    [two] غاب جهازان من أجهزة { $name } طويلًا. ينتظر ما هو لهما مهما طال الأمر؛ لا شيء عليك.
    [few] غابت { $count } أجهزة من أجهزة { $name } طويلًا. ينتظر ما هو لها مهما طال الأمر؛ لا شيء عليك.
    [many] غاب { $count } جهازًا من أجهزة { $name } طويلًا. ينتظر ما هو لها مهما طال الأمر؛ لا شيء عليك.
   *[other] غاب { $count } جهاز من أجهزة { $name } طويلًا. ينتظر ما هو لها مهما طال الأمر؛ لا شيء عليك.
}
doctor-parked-mine = { $count ->
    [zero] كل أجهزتك ظهرت منذ قريب.
    [one] غاب جهاز من أجهزتك طويلًا. ينتظر ما هو له مهما طال الأمر؛ لا شيء عليك.
    [two] غاب جهازان من أجهزتك طويلًا. ينتظر ما هو لهما مهما طال الأمر؛ لا شيء عليك.
    [few] غابت { $count } أجهزة من أجهزتك طويلًا. ينتظر ما هو لها مهما طال الأمر؛ لا شيء عليك.
    [many] غاب { $count } جهازًا من أجهزتك طويلًا. ينتظر ما هو لها مهما طال الأمر؛ لا شيء عليك.
   *[other] غاب { $count } جهاز من أجهزتك طويلًا. ينتظر ما هو لها مهما طال الأمر؛ لا شيء عليك.
}
doctor-faults = { $count ->
    [zero] لم يخفق Kith في هذه المحادثة.
    [one] أخفق Kith مرة واحدة في هذه المحادثة ثم استمر. بلّغ عن ذلك إن عاد.
    [two] أخفق Kith مرتين في هذه المحادثة ثم استمر. بلّغ عن ذلك.
    [few] أخفق Kith { $count } مرات في هذه المحادثة ثم استمر. بلّغ عن ذلك.
    [many] أخفق Kith { $count } مرة في هذه المحادثة ثم استمر. بلّغ عن ذلك.
   *[other] أخفق Kith { $count } مرة في هذه المحادثة ثم استمر. بلّغ عن ذلك.
}
doctor-not-connected = أنت و{ $name } غير متصلين بعد. يُظهر 'kith contacts' أين وصل ذلك.
doctor-away = { $count ->
    [zero] لا يمكن الوصول إلى { $name }. لا رسائل تنتظر هنا.
    [one] لا يمكن الوصول إلى { $name }. تنتظر هنا رسالة واحدة وتغادر من تلقاء نفسها.
    [two] لا يمكن الوصول إلى { $name }. تنتظر هنا رسالتان وتغادران من تلقاء نفسيهما.
    [few] لا يمكن الوصول إلى { $name }. تنتظر هنا { $count } رسائل وتغادر من تلقاء نفسها.
    [many] لا يمكن الوصول إلى { $name }. تنتظر هنا { $count } رسالة وتغادر من تلقاء نفسها.
   *[other] لا يمكن الوصول إلى { $name }. تنتظر هنا { $count } رسالة وتغادر من تلقاء نفسها.
}
doctor-blocked = حظرتَ { $name }: لا يسمع أي من الجهازين من الآخر هنا. يُلغي ذلك 'kith block CONTACT --off'.
doctor-row-path = المسار
doctor-row-vault = الخزنة
doctor-row-faults = الأخطاء
doctor-row-own = السجل الخاص
doctor-row-device = الجهاز
doctor-row-log = السجل
doctor-sound = سليمة
doctor-damaged = تالفة
doctor-vault = { $count } KiB، { $state }
doctor-own = السجل التالي { $next }، محفوظ منذ { $kept }، { $since } منذ آخر تبديل للمفاتيح، ضاع قبله { $formers }
doctor-device = { $id }: { $states }؛ لديه حتى { $through }؛ له { $sealed } مختومة، { $unsealed } غير مختومة؛ الإيصال { $receipt }، صامت منذ { $silent } من تبديلات المفاتيح
doctor-log = { $id } من { $writer }: قُرئ حتى { $through }؛ رُفض { $refused }؛ { $states }
doctor-mine = لك
doctor-theirs = للطرف الآخر
doctor-not-in-force = خارج القائمة
doctor-connected = متصل
doctor-not-connected-here = غير متصل
doctor-leaf = في المفاتيح
doctor-no-leaf = ليس في المفاتيح
doctor-is-parked = موقوف
doctor-waits-to-enter = ينتظر الإضافة
doctor-offer = تمكن إضافته من جديد
doctor-no-offer = لم يعطِ مفتاحًا للإضافة
doctor-forked = شيئان في موضع واحد
doctor-none = لا شيء
pinned = مثبَّت
muted = مكتوم
archived = مؤرشف
blocked = محظور
hit-mine = { $name }، أنت  { $text }
hit = { $name }  { $text }
not-whole = تعذّر البحث في بعض المحادثات.
verified-met = قورن وجهًا لوجه
verify-met = سُجّلت مقارنة رقم الأمان مع { $name } وجهًا لوجه.

## الاستيراد

import-new = جديد     { $name }
import-known = معروف    { $name }، وهو جهة اتصال بالفعل
import-same = مماثل    { $name }، ولجهة اتصال هذا الاسم
import-twice = مكرر     { $name }، وقد ورد من قبل
import-left = متروك    { $name }
skipped-unnamed = { $count ->
    [zero] لا بطاقة بلا اسم.
    [one] بطاقة واحدة بلا اسم.
    [two] بطاقتان بلا اسم.
    [few] { $count } بطاقات بلا اسم.
    [many] { $count } بطاقة بلا اسم.
   *[other] { $count } بطاقة بلا اسم.
}
skipped-no-person = { $count ->
    [zero] لا بطاقة هي قائمة أو شيء.
    [one] بطاقة واحدة هي قائمة أو شيء.
    [two] بطاقتان هما قائمتان أو شيئان.
    [few] { $count } بطاقات هي قوائم أو أشياء.
    [many] { $count } بطاقة هي قوائم أو أشياء.
   *[other] { $count } بطاقة هي قوائم أو أشياء.
}
skipped-large = { $count ->
    [zero] لا بطاقة كبيرة جدًا.
    [one] بطاقة واحدة كبيرة جدًا.
    [two] بطاقتان كبيرتان جدًا.
    [few] { $count } بطاقات كبيرة جدًا.
    [many] { $count } بطاقة كبيرة جدًا.
   *[other] { $count } بطاقة كبيرة جدًا.
}
skipped-unreadable = { $count ->
    [zero] لا بطاقة لا يمكن قراءتها.
    [one] بطاقة واحدة لا يمكن قراءتها.
    [two] بطاقتان لا يمكن قراءتهما.
    [few] { $count } بطاقات لا يمكن قراءتها.
    [many] { $count } بطاقة لا يمكن قراءتها.
   *[other] { $count } بطاقة لا يمكن قراءتها.
}
skipped-many = { $count ->
    [zero] لا بطاقة تزيد على ما يتسع له Kith.
    [one] بطاقة واحدة تزيد على ما يتسع له Kith.
    [two] بطاقتان تزيدان على ما يتسع له Kith.
    [few] { $count } بطاقات تزيد على ما يتسع له Kith.
    [many] { $count } بطاقة تزيد على ما يتسع له Kith.
   *[other] { $count } بطاقة تزيد على ما يتسع له Kith.
}
import-none = لا أحد جديد هناك. لم يُحفظ شيء.
import-ask = { $count ->
    [zero] حفظ لا أحد في جهات الاتصال؟ لن يُخبَر أحد، ولا يغادر شيء من البطاقات هذا الجهاز.
    [one] حفظ شخص واحد في جهات الاتصال؟ لن يُخبَر أحد، ولا يغادر شيء من البطاقات هذا الجهاز.
    [two] حفظ شخصان في جهات الاتصال؟ لن يُخبَر أحد، ولا يغادر شيء من البطاقات هذا الجهاز.
    [few] حفظ { $count } أشخاص في جهات الاتصال؟ لن يُخبَر أحد، ولا يغادر شيء من البطاقات هذا الجهاز.
    [many] حفظ { $count } شخصًا في جهات الاتصال؟ لن يُخبَر أحد، ولا يغادر شيء من البطاقات هذا الجهاز.
   *[other] حفظ { $count } شخص في جهات الاتصال؟ لن يُخبَر أحد، ولا يغادر شيء من البطاقات هذا الجهاز.
}
hint-import = أعد الأمر مع --yes لحفظهم، ومع --without NAME لترك أحدهم.
import-done = { $count ->
    [zero] حُفظ لا أحد. الأمر 'kith invite NAME' يصنع التطبيق.
    [one] حُفظ شخص واحد. الأمر 'kith invite NAME' يصنع التطبيق.
    [two] حُفظ شخصان. الأمر 'kith invite NAME' يصنع التطبيق.
    [few] حُفظ { $count } أشخاص. الأمر 'kith invite NAME' يصنع التطبيق.
    [many] حُفظ { $count } شخصًا. الأمر 'kith invite NAME' يصنع التطبيق.
   *[other] حُفظ { $count } شخص. الأمر 'kith invite NAME' يصنع التطبيق.
}
error-card-file = لا يمكن قراءة { $file }: { $why }.
hint-card-file = سمِّ ملف ‎.vcf يحق لهذا المستخدم قراءته.
error-address-book = تعذّرت قراءة دفتر العناوين على الخادم: { $why }.
hint-address-book = تحقّق من [contacts.carddav] في config.toml ومن أن الخادم يعمل. سيُسأل مرة أخرى بعد حين، وعند تكرار هذا الأمر.
reach-saved = محفوظ، لم يُدعَ بعد
launcher-made = المشغّل هو { $path }. يحمل الاسم، ويعمل ما دام Kith يعمل.
launcher-removed = لم يعد هناك مشغّل.

you = أنت
message-reaction = { $from }: { $emoji }
quote = > { $from }: { $text } <
quote-gone = > (لم تعد موجودة) <
reacted = وُضع { $emoji } على تلك الرسالة.
reaction-gone = لم يعد لك شيء على تلك الرسالة.
# الملفات
message-file = { $name } ({ $size }، { $state })
log-none = لم يُكتب شيء بعد. يبدأ «kith send CONTACT TEXT».
found-none = لم يُعثر على شيء.
error-ids = لعدة رسائل معرّف يبدأ بـ «{ $id }».
hint-ids = أعطِ المزيد منه: يعرض «kith log CONTACT --json» المعرّفات كاملة.
files-none = لا ملفات بعد. يرسل «kith send CONTACT --file PATH» ملفًا.
file-saved = { $path } ({ $size })
file-waiting = بانتظار { $name }
file-state-mine = أُرسل من هنا
file-state-taken = وصل إليهم
file-state-here = هنا، تم التحقق منه
file-state-offered = لم يُطلب
file-state-waiting = بانتظار جهازهم
file-state-moving = قادم
file-state-paused = متوقف مؤقتًا
file-state-cancelled = غير مرغوب
file-state-unchecked = تعذّر التحقق منه، فتم التخلص منه
file-state-no-room = لا مكان
file-state-gone = لم يعد لديهم
file-state-removed = أُزيل من هذا الجهاز
file-state-held = أوقفوه مؤقتًا
file-state-mine-paused = أوقفتَه مؤقتًا
file-held = أوقفه { $name } مؤقتًا
storage-all = الكل
storage-messages = الرسائل
storage-sent = مُرسَل
storage-came = وارد
storage-partly = ناقص
storage-other = غير ذلك
storage-room = المتاح على هذا القرص: { $size }
free-ask-one = أيُزال { $file } ({ $size }) من هذا الجهاز؟ تبقى رسالته. يمكنك طلبه من جديد ما دام جهاز { $name } يحتفظ به، لا أطول من ذلك. [y/N]
free-ask = { $count ->
    [zero] لا ملفات جاءت من { $name } ({ $size }). هل نتابع؟ [y/N]
    [one] أيُزال ملف واحد جاء من { $name } ({ $size }) من هذا الجهاز؟ تبقى رسالته. يمكنك طلبه من جديد ما دام جهاز { $name } يحتفظ به، لا أطول من ذلك. [y/N]
    [two] أيُزال ملفان جاءا من { $name } ({ $size }) من هذا الجهاز؟ تبقى رسالتاهما. يمكنك طلبهما من جديد ما دام جهاز { $name } يحتفظ بهما، لا أطول من ذلك. [y/N]
    [few] أتُزال { $count } ملفات التي جاءت من { $name } ({ $size }) من هذا الجهاز؟ تبقى رسائلها. يمكنك طلبها من جديد ما دام جهاز { $name } يحتفظ بها، لا أطول من ذلك. [y/N]
    [many] أيُزال { $count } ملفًا جاءت من { $name } ({ $size }) من هذا الجهاز؟ تبقى رسائلها. يمكنك طلبها من جديد ما دام جهاز { $name } يحتفظ بها، لا أطول من ذلك. [y/N]
   *[other] أيُزال { $count } ملف جاءت من { $name } ({ $size }) من هذا الجهاز؟ تبقى رسائلها. يمكنك طلبها من جديد ما دام جهاز { $name } يحتفظ بها، لا أطول من ذلك. [y/N]
}
freed = { $count ->
    [zero] لم يُزل شيء: { $size }.
    [one] أُزيل ملف واحد من هذا الجهاز: { $size }.
    [two] أُزيل ملفان من هذا الجهاز: { $size }.
    [few] أُزيلت { $count } ملفات من هذا الجهاز: { $size }.
    [many] أُزيل { $count } ملفًا من هذا الجهاز: { $size }.
   *[other] أُزيل { $count } ملف من هذا الجهاز: { $size }.
}
error-path = هذا المسار ليس نصًا يمكن تمريره.
hint-path = أعطِ الملف اسمًا آخر أولًا.
error-no-file = لا يوجد هنا ملف باسم «{ $name }».
hint-no-file = يعرض «kith files CONTACT» الملفات.
error-file-exists = يوجد شيء في { $path } بالفعل.
hint-file-exists = اختر مكانًا آخر بـ ‎-o، أو استبدله بـ ‎--force.
error-file-unchecked = تعذّر التحقق من الملف، فتم التخلص منه.
hint-file-unchecked = الأمر نفسه يطلبه مرة أخرى.
error-file-room = لا مكان للملف على هذا القرص.
hint-file-room = أفرغ بعض المساحة؛ الأمر نفسه يتابع.
error-file-gone = لم يعد الملف لدى جهازهم.
hint-file-gone = اطلب منهم إرساله مرة أخرى.
error-file-stopped = أوقفه أحدهم.
hint-file-stopped = ما وصل محفوظ؛ الأمر نفسه يتابع.
error-file-late = لم يصل شيء من الملف في الوقت المحدد.
error-file-deleted = حُذفت الرسالة التي فيها الملف.
error-agent-left = انتهى الوكيل قبل أن يصل الملف.

# On the desktop, where a device is locked.
notification-locked = وصلت رسالة.
notification-unread = { $count ->
    [zero] لا رسائل
    [one] رسالة واحدة
    [two] رسالتان
    [few] { $count } رسائل
    [many] { $count } رسالة
   *[other] { $count } رسالة
}

# kith settings, lock, unlock and passphrase.
settings-no-name = لا يرى المدعوّون اسمًا لك.
settings-name = يرى المدعوّون اسمك: { $name }
settings-no-language = تتكلّم الصفحات لغة كل متصفح.
settings-language = تتكلّم الصفحات: { $language }
settings-notifications-off = لا يُعلَن شيء على سطح المكتب.
settings-notifications-names = يُعلِن سطح المكتب عمّن كتب، دون شيء ممّا كتب.
settings-notifications-texts = يُعلِن سطح المكتب عمّن كتب وعمّا كتب.
settings-passphrase = البيانات محميّة بعبارة مرور.
settings-keyring = تفتحها حلقة مفاتيح سطح المكتب عند بدء Kith، فلا يسأل.
settings-no-keyring = يسأل Kith عنها عند بدئه.
settings-no-passphrase = البيانات غير محميّة بعبارة مرور: من يستطيع قراءة ملفات هذا المستخدم يستطيع قراءة كل شيء.
settings-lock-never = لا يقفل الجهاز نفسه أبدًا؛ يقفله الأمر 'kith lock'.
settings-lock-after = { $count ->
    [zero] لا يقفل الجهاز نفسه.
    [one] يقفل الجهاز نفسه بعد دقيقة لا يستخدمه فيها أحد.
    [two] يقفل الجهاز نفسه بعد دقيقتين لا يستخدمه فيهما أحد.
    [few] يقفل الجهاز نفسه بعد { $count } دقائق لا يستخدمه فيها أحد.
    [many] يقفل الجهاز نفسه بعد { $count } دقيقة لا يستخدمه فيها أحد.
   *[other] يقفل الجهاز نفسه بعد { $count } دقيقة لا يستخدمه فيها أحد.
}
locked = أُقفل. تستمر الرسائل في الوصول.
unlocked = فُتح من جديد.
passphrase-ask-old = عبارة المرور الحالية:{" "}
passphrase-ask-new = عبارة المرور الجديدة:{" "}
passphrase-ask-repeat = مرة أخرى:{" "}
passphrase-set = البيانات محميّة بعبارة المرور هذه. يسأل Kith عنها عند بدئه؛ ولا أحد يستطيع أن يخبرك بها.
passphrase-set-kept = البيانات محميّة بعبارة المرور هذه. تفتحها حلقة مفاتيح سطح المكتب عند بدء Kith؛ ولا أحد يستطيع أن يخبرك بها.
keyring-kept = من الآن تفتح حلقة مفاتيح سطح المكتب هذه البيانات، ويبدأ Kith دون أن يسأل. من سجّل الدخول إلى سطح المكتب هذا باسمك يستطيع عندها أن يبدأ Kith ويقرأه؛ ومن ليس لديه إلا القرص لا يستطيع، ما دامت كلمة سر دخولك مصونة. لا يفتح 'kith lock' إلا عبارة المرور: فلا تنسها.
keyring-forgotten = ليس في حلقة مفاتيح سطح المكتب شيء من هذه البيانات. يسأل Kith عن عبارة المرور عند بدئه.
keyring-lost = لم تأخذ حلقة مفاتيح سطح المكتب ما تحتاجه للعبارة الجديدة، فيسأل Kith عند بدئه. يحاول 'kith passphrase --keyring' مرة أخرى.
error-keyring-no-passphrase = هذه البيانات غير محميّة بعبارة مرور، فيبدأ Kith دون أن يسأل على أي حال.
hint-keyring-no-passphrase = لحمايتها بعبارة مرور: 'kith passphrase'.
passphrase-removed = أُزيلت عبارة المرور: من يستطيع قراءة ملفات هذا المستخدم يستطيع قراءة كل شيء.
error-passphrases-differ = لم تتطابق العبارتان. لم يتغيّر شيء.
hint-passphrases-differ = اكتبها مرة أخرى، ببطء.
error-no-passphrase = لم تُعطَ عبارة مرور.
hint-no-passphrase = اكتبها في طرفية، أو سمِّ ملفًا بالخيار --passphrase-file.

# kith open --start, where nobody reads a terminal.
open-failed = تعذّر على Kith فتح هذا

# kith export.
export-title = الرسائل مع { $name }
exported = ‏{ $count } من الرسائل في { $path }. ليست مختومة: من لديه المجلّد يستطيع قراءتها.
backed-up = النسخة الاحتياطية هي { $path }، { $size }: جهات الاتصال: { $contacts }، الملفات: { $files }. لا تُفتح إلا بعبارة مرورها، فاحتفظ بكلتيهما منفصلتين. كلماتك الأربع والعشرون ليست فيها.
backup-left-out = تعذّرت قراءة ما قيل مع { $name }، وليس فيها: انظر 'kith doctor { $name }'.
backup-ask = عبارة مرور للنسخة الاحتياطية:{" "}
backup-ask-restore = عبارة مرور النسخة الاحتياطية:{" "}
restored-next = كل شيء هنا كما كان حين أُنشئت النسخة الاحتياطية. لمتابعة الكتابة اقترن من جديد مع كل واحد من ناسك: 'kith invite NAME --again'.
export-missing = { $count ->
    [zero] لا تنقص ملفات.
    [one] ملف واحد ليس على هذا الجهاز وقد تُرك. يجلبه 'kith get'.
    [two] ملفان ليسا على هذا الجهاز وقد تُركا. يجلبهما 'kith get'.
    [few] { $count } ملفات ليست على هذا الجهاز وقد تُركت. يجلبها 'kith get'.
    [many] { $count } ملفًا ليست على هذا الجهاز وقد تُركت. يجلبها 'kith get'.
   *[other] { $count } ملف ليست على هذا الجهاز وقد تُركت. يجلبها 'kith get'.
}
error-export = تعذّرت كتابة المجلّد { $path }: { $why }.
hint-export = لم يُحفظ منه شيء. أفسح مكانًا، أو سمِّ موضعًا آخر بالخيار --output.
error-export-exists = يوجد { $path } بالفعل.
hint-export-exists = سمِّ مجلّدًا آخر بالخيار --output.

# kith report.
report-intro = راجعه قبل أن ترسله إلى أحد. لا أسماء فيه ولا شيء ممّا قيل.

# الرسائل المثبّتة والرسائل التي تختفي.

message-pinned = مثبّتة
message-disappears = تختفي
message-leaves = تختفي في { $time }
pin-set = ثُبّتت لكما معًا.
pin-taken = ليست مثبّتة.
no-pins = لا شيء مثبّت.
timer-in-force = الساري: { $time }
timer-mine = أنت: { $time }
timer-theirs = { $name }: { $time }
error-bad-time = ليست '{ $time }' مدة يمكن أن تبقاها الرسائل.
hint-bad-time = أعطِ عددًا مع s أو m أو h أو d أو w، مثل 5m أو 1h أو 1d أو 4w، أو 'off'.
