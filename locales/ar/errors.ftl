# لماذا لم يتمّ شيء: ما الخلل، وفي hint الأمر الواحد الذي يُفعل بعده.
# يسمّي الوكيل الجملة بمعرّفها ومعها الكلمات التي تملؤها؛ ومن يعرضها يقولها بلغة قارئها.
# أما { $why } فهو ما يقوله النظام أو مكتبة، بكلماتهما.

-again-or-report = لم يتأثر ما حُفظ من قبل. أعد المحاولة؛ إن بقي كذلك فبلّغ عنه.
-check-network = تحقّق من [network] في config.toml.
-one-line-name = أعطِ اسمًا من سطر واحد، مثل 'ميرا'.
-good-passphrase = أربع كلمات أو خمس لا يجمعها أحد جيّدة.
-from-paper = قارنها بالكلمات التي كتبتها، وأعطِ الكلمات الأربع والعشرين كلها من جديد، بترتيبها.
-whole-link = انسخ الرابط كله من جديد، من ‎'kith:'‎ إلى آخره.
-form-of-code = الرمز ستة أرقام وأربع كلمات، مثل ‎481920-aardvark-guitarist-solo-tobacco.
-new-code = اطلب رمزًا جديدًا أو رابطًا جديدًا.
-update-them = اطلب تحديث Kith لدى الطرف الآخر.
-readable-file = سمِّ ملفًا يحق لهذا المستخدم قراءته.
-free-space = أفسح مكانًا ثم أعد المحاولة.

## Faults of Kith, and of the system below it

mistake = أخطأ Kith: { $why }.
    .hint = { -again-or-report }
mistake-no-answer = أخطأ Kith ولم يُجب.
    .hint = { -again-or-report }
mistake-fatal = أخطأ Kith ولم يستطع أن يستمر.
    .hint = لم يتأثر ما هو محفوظ. شغّله من جديد؛ إن بقي كذلك فبلّغ عنه.
mistake-rests = أخطأ Kith أكثر من مرة في هذه المحادثة.
    .hint = لم يتأثر ما حُفظ من قبل، ولا تتأثر جهات الاتصال الأخرى. تتوقف هذه المحادثة حتى يُشغَّل Kith من جديد؛ إن بقي كذلك فبلّغ عنه.
system-randomness = لم يعطِ النظام أرقامًا عشوائية: { $why }.
    .hint = شغّل Kith من جديد؛ إن بقي كذلك فالنظام نفسه يحتاج إلى إصلاح.
system-refused = لا يسمح النظام ببدء Kith: { $why }.
    .hint = شغّل Kith من جديد.
stopping = يتوقف Kith الآن.
    .hint = شغّله من جديد بالأمر 'kith'، ثم أعد ما طلبته.

## Calls of the local API

call-unreadable = تعذّرت قراءة الاستدعاء: { $why }.
    .hint = أرسل كائن JSON واحدًا فيه "id" و"method" و"params".
call-too-large = الاستدعاء أكبر ممّا يُسمح به.
    .hint = أرسل ما هو كبير في ملف.
call-not-text = الاستدعاء ليس نصًا بترميز UTF-8.
    .hint = أرسل JSON، كائنًا واحدًا كل مرة.
call-elsewhere = لهذا الاستدعاء طريق آخر.
    .hint = بلّغ عن ذلك.
answer-unreadable = لم يستطع Kith قراءة جوابه هو.
    .hint = هذا خطأ في Kith. بلّغ عنه.
forbidden-in-home = لا تصل الصفحة الرئيسية إلى ما يقال في محادثة.
    .hint = افتح تطبيق جهة الاتصال نفسها.
forbidden-in-app = لا يحق لتطبيق جهة اتصال أن يطلب هذا.
    .hint = استعمل الصفحة الرئيسية.
forbidden-other-app = هذا التطبيق لجهة اتصال أخرى.
    .hint = افتح تطبيق جهة الاتصال المطلوبة.
locked = Kith مقفل على هذا الجهاز.
    .hint = افتحه بعبارة مرورك: 'kith unlock'.
path-not-whole = يجب أن يبدأ المسار بشرطة مائلة '/'.
    .hint = سمِّ المسار كاملًا.
not-base64 = هذا ليس بترميز base64.
    .hint = أرسل بايتات الملف بترميز base64.
log-two-places = طُلبت الرسائل من موضعين معًا.
    .hint = أعطِ واحدًا فقط من 'before' و'after' و'around'.

## Asking an agent

agent-not-running = لا وكيل يعمل على { $home }.
    .hint = شغّله بالأمر 'kith run'، أو سمِّ مجلدًا آخر بالخيار ‎--home.
agent-running = يعمل وكيل على هذه البيانات بالفعل.
    .hint = استعمله، أو أوقفه بالأمر 'kith stop'.
agent-unreachable = تعذّر سؤال الوكيل: { $why }.
    .hint = أغلق بعض البرامج.
agent-ended = انتهى الوكيل قبل أن يجيب.
    .hint = شغّله بالأمر 'kith run' وتحقّق من جديد.
agent-still-ending = لم ينتهِ الوكيل بعد.
    .hint = تحقّق من جديد بعد لحظة بالأمر 'kith status'.
agent-garbled = تعذّرت قراءة جواب الوكيل: { $why }.
    .hint = أوقف الوكيل وشغّله بهذه النسخة من Kith.
home-of-another = البيانات في { $home } لشخص آخر.
    .hint = سمِّ مجلد بياناتك أنت بالخيار ‎--home.

## Starting

home-unmade = تعذّر إنشاء المجلد { $home }: { $why }.
    .hint = اختر مجلدًا آخر بالخيار ‎--home.
home-exists = هذه البيانات موجودة بالفعل؛ لا يغيّر البدءُ عبارة مرورها.
    .hint = ابدأ بالخيار ‎--passphrase-file، أو اختر مجلدًا آخر بالخيار ‎--home.
home-has-keys = لهذه البيانات مفاتيحها بالفعل، فلا يمكن أن تبدأ من كلماتك.
    .hint = اختر مجلدًا آخر بالخيار ‎--home؛ يبقى ما هنا كما هو.
socket-in-the-way = ما في { $path } ليس مقبسًا.
    .hint = انقله من هناك، وشغّل Kith من جديد.
socket-refused = تعذّر إنشاء المقبس { $path }: { $why }.
    .hint = تحقّق من أن هذا المستخدم يحق له أن يكتب هناك.
config-unreadable = تعذّرت قراءة { $file }: { $why }.
    .hint = اسمح لهذا المستخدم بقراءته، أو انقله من هناك للبدء بالإعدادات الافتراضية.
config-unusable = لا يمكن استعمال { $file }: { $why }
    .hint = صحّح ذلك السطر، أو انقل الملف من هناك للبدء بالإعدادات الافتراضية.
web-port-taken = يستعمل برنامج آخر المنفذ { $port }. هذا المنفذ في عنوان كل تطبيق، فلا يأخذ Kith غيره من تلقاء نفسه.
    .hint = أنهِ ذلك البرنامج، أو ما يشغل المنفذ أيًّا كان، وشغّل Kith من جديد. يختار ‎--port منفذًا آخر على الدوام، فتتغيّر معه عناوين التطبيقات.
web-port-refused = لا يسمح النظام بأن يستمع Kith على المنفذ { $port }: { $why }.
    .hint = اختر غيره بالخيار ‎--port.
web-port-none-free = لم يُعثر على منفذ غير مستعمل.
    .hint = اختر منفذًا غير مستعمل بالخيار ‎--port.
udp-port-taken = يستعمل برنامج آخر منفذ UDP { $port }، وهو الذي تُعرف به هذه البيانات.
    .hint = أنهِ ذلك البرنامج، أو عيِّن منفذًا آخر في config.toml تحت [network].
network-unusable = لا يمكن استعمال الشبكة كما يطلب config.toml: { $why }.
    .hint = صحّح [network] في config.toml.
book-unwatchable = تعذّرت متابعة دفتر العناوين { $folder }: { $why }.
    .hint = سمِّ في vdir مجلدًا فيه ملفات ‎.vcf، تحت [contacts] في config.toml، أو احذف ذلك السطر.
dav-no-address = ليس '{ $url }' عنوانًا: { $why }.
    .hint = أعطِ عنوان دفتر العناوين نفسه، بالشكل ‎https://…‎.
dav-not-https = لا يبدأ عنوان دفتر العناوين بـ https، فيستطيع أي أحد في الطريق أن يقرأ كلمة السر.
    .hint = أعطِ عنوانه الذي يبدأ بـ https تحت [contacts.carddav].
dav-password = لا يمكن استعمال ملف كلمة السر { $file }: { $why }.
    .hint = ضع كلمة السر على سطر واحد في ملف لا يستطيع قراءته غيرك (chmod 600).
dav-no-client = تعذّر إنشاء اتصال: { $why }.
    .hint = تحقّق من شهادات النظام.

## What is stored

stored-wrong-passphrase = عبارة المرور هذه لا تفتح المفتاح.
    .hint = تحقّق من لغة لوحة المفاتيح وأعد المحاولة.
stored-passphrase-needed = المفتاح محميّ بعبارة مرور.
    .hint = أعطِ عبارة المرور.
stored-newer = كتبت نسخة أحدث من Kith الملف { $file } (الصيغة { $found }؛ تعرف هذه النسخة { $known }).
    .hint = ثبّت أحدث نسخة من Kith؛ لم يتغيّر شيء.
stored-damaged = تعذّرت قراءة { $file }: { $why }.
    .hint = افحص القرص. احتفظ بنسخة من الملف قبل أن تجرّب أي شيء آخر.
stored-damaged-contact = تعذّرت قراءة { $file }: { $why }.
    .hint = لم يُحذف شيء. أوقف Kith وأعد نسخة سليمة من الملف إلى مكانه إن كانت لديك؛ وإلا فأزل { $name } بالأمر 'kith remove' واقترنا من جديد. لا تتأثر جهات الاتصال الأخرى.
stored-incomplete = لا يمكن استعمال خزنة جهة الاتصال هذه: { $why }.
    .hint = لا تتأثر جهات الاتصال الأخرى.
stored-read-only = تعذّرت كتابة { $file }: { $why }.
    .hint = اسمح لهذا المستخدم بالكتابة في المجلد، أو اختر مجلد بيانات آخر.
stored-no-room = لم يبقَ مكان لكتابة { $file }.
    .hint = أفسح مكانًا وأعد المحاولة؛ ما حُفظ من قبل سليم.
stored-in-use-by = تستعمل العملية { $process } الملف { $file }.
    .hint = استعمل الوكيل الذي يعمل، أو أوقفه أولًا.
stored-in-use = تستعمل عملية أخرى الملف { $file }.
    .hint = استعمل الوكيل الذي يعمل، أو أوقفه أولًا.
stored-missing = لا يوجد { $file }.
    .hint = تحقّق من أن مجلد البيانات هو المقصود.
stored-exists = يوجد { $file } بالفعل.
    .hint = اختر مجلد بيانات آخر، أو استعمل الموجود.
stored-failed = تعذّرت قراءة { $file } أو كتابته: { $why }.
    .hint = تحقّق من القرص وتوصيله، ثم أعد المحاولة.
stored-mistake = طلب Kith حفظ ما لا يمكن حفظه: { $why }.
    .hint = هذا خطأ في Kith. بلّغ عنه.

## Passphrase, keyring, lock

passphrase-needed = المفتاح محميّ بعبارة مرور.
    .hint = شغّل Kith في طرفية، فيسأل عنها، أو بالخيار ‎--passphrase-file. بعد 'kith passphrase --keyring' يبدأ دون أن يسأل.
passphrase-not-kept = ما في حلقة مفاتيح سطح المكتب لهذه البيانات لا يفتحها.
    .hint = أعطِ عبارة المرور.
passphrase-too-short = يجب ألا تقلّ عبارة المرور هذه عن { $count ->
        [zero] { $count } حرف
        [one] حرف واحد
        [two] حرفين
        [few] { $count } أحرف
        [many] { $count } حرفًا
       *[other] { $count } حرف
    }.
    .hint = { -good-passphrase }
passphrase-too-long = الحد الأقصى لعبارة المرور بالبايت: { $count }.
    .hint = { -good-passphrase }
passphrase-none = هذه البيانات غير محميّة بعبارة مرور، فلا شيء يستطيع فتحها من جديد.
    .hint = عيِّن عبارة مرور أولًا: 'kith passphrase'، أو في إعدادات الصفحة الرئيسية.
passphrase-none-to-keep = هذه البيانات غير محميّة بعبارة مرور، فيبدأ Kith دون أن يسأل على أي حال.
    .hint = لحمايتها بعبارة مرور: 'kith passphrase'، أو في إعدادات الصفحة الرئيسية.
passphrase-being-tried = تُجرَّب الآن عبارة مرور أخرى.
    .hint = أعد المحاولة بعد ثانية.
passphrase-unchecked = تعذّر التحقق من عبارة المرور.
    .hint = أعد المحاولة.
lock-too-late = يقفل الجهاز نفسه بعد يوم على الأكثر.
    .hint = أعطِ عدد الدقائق، وحدّه الأقصى { $count }، أو 0 لئلا يقفل نفسه أبدًا.
keyring-busy = تُسأل حلقة مفاتيح سطح المكتب الآن.
    .hint = انظر هل تسألك عن شيء، ثم أعد المحاولة.
keyring-no-session = لا جلسة سطح مكتب هنا، ولذلك لا حلقة مفاتيح.
    .hint = شغّل Kith من سطح مكتبك، وأعد المحاولة.
keyring-no-service = لا تجيب أي حلقة مفاتيح على سطح المكتب هذا.
    .hint = شغّل واحدة تقدّم Secret Service ‎(GNOME Keyring أو KWallet أو KeePassXC)، وأعد المحاولة.
keyring-locked = حلقة مفاتيح سطح المكتب مقفلة.
    .hint = افتحها على سطح مكتبك، وأعد المحاولة.
keyring-dismissed = سألت حلقة مفاتيح سطح المكتب هل يُسمح بفتحها، فكان الجواب لا.
    .hint = أعد المحاولة، واسمح بفتحها.
keyring-silent = لم تُجب حلقة مفاتيح سطح المكتب في الوقت المحدد.
    .hint = انظر هل تسألك عن شيء، ثم أعد المحاولة.
keyring-refused = رفضت حلقة مفاتيح سطح المكتب: { $why }.
    .hint = تفقّدها على سطح مكتبك، وأعد المحاولة.

## The 24 words

words-confirmed = روجعت الكلمات، فلا يُحفظ هنا شيء من أصل مفاتيحك.
    .hint = استعمل الكلمات التي كتبتها.
words-count = { $count ->
        [zero] لم تُكتب أي كلمة
        [one] كُتبت كلمة واحدة
        [two] كُتبت كلمتان
        [few] كُتبت { $count } كلمات
        [many] كُتبت { $count } كلمة
       *[other] كُتبت { $count } كلمة
    }، والمطلوب 24.
    .hint = { -from-paper }
words-unknown = الكلمة { $position } ليست في القائمة.
    .hint = { -from-paper }
words-unknown-nearest = الكلمة { $position } ليست في القائمة؛ ربما هي '{ $nearest }'.
    .hint = { -from-paper }
words-do-not-fit = إحدى الكلمات غير صحيحة، أو كلمتان إحداهما مكان الأخرى.
    .hint = { -from-paper }
words-differ = الكلمة { $position } ليست التي ظهرت لك.
    .hint = { -from-paper }

## Contacts

contact-unnamed = لم تُسمَّ جهة اتصال.
    .hint = سمِّ جهة اتصال بمعرّفها أو باسمها.
contact-unknown = لا توجد جهة اتصال باسم '{ $name }'.
    .hint = يعرض 'kith contacts' جهات الاتصال.
contact-ambiguous = هناك أكثر من جهة اتصال باسم '{ $name }'، وعددها { $count }.
    .hint = استعمل معرّفًا بدلًا من الاسم: { $ids }.
contact-gone = لم تعد جهة الاتصال هذه موجودة.
    .hint = يعرض 'kith contacts' جهات الاتصال الموجودة.
contact-exists = توجد جهة اتصال باسم '{ $name }' بالفعل.
    .hint = اختر اسمًا آخر، أو استعمل 'kith invite NAME --again' إن كان الشخص نفسه.
contact-exists-answering = توجد جهة اتصال باسم '{ $name }' بالفعل.
    .hint = إن كان الشخص نفسه، وقد ضاع جهازه أو بدأ من جديد، فتابع مع جهة الاتصال هذه: ‎'kith accept CODE --again { $name }'‎. وإن كان شخصًا آخر فأعطِ اسمًا آخر: ‎'--name OTHER'‎.
contact-blocked = جهة الاتصال { $name } محظورة.
    .hint = ألغِ الحظر أولًا: 'kith block CONTACT --off'، أو في التطبيق.
contact-not-to-block = لا أحد ليُحظر: لم يأتِ جواب من { $name }.
    .hint = أزل جهة الاتصال بدلًا من ذلك؛ ينتهي معها رمزها ورابطها.
contacts-full = الحد الأقصى لجهات الاتصال هنا: { $count }.
    .hint = أزل منها ما لا تحتاج إليه.
contacts-too-many = الحد الأقصى لجهات الاتصال هنا: { $count }.
    .hint = اختر عددًا أقل.
name-empty = الاسم فارغ.
    .hint = { -one-line-name }
name-too-long = الاسم أطول من اللازم: 128 بايتًا على الأكثر.
    .hint = { -one-line-name }
name-control = في الاسم محرف تحكّم.
    .hint = { -one-line-name }
name-like-id = للاسم شكل معرّف جهة اتصال.
    .hint = { -one-line-name }
number-not-yet = لا رقم أمان بعد: لم يأتِ جواب من { $name }.
    .hint = قارناه حين يتصل التطبيقان.
number-of-backup = ما هنا من { $name } جاء من نسخة احتياطية، وليست فيها المفاتيح التي يُحسب منها الرقم.
    .hint = اقترنا من جديد أولًا، ثم قارنا الرقم الجديد.
language-unknown = لا يتكلّم Kith '{ $tag }'.
    .hint = اختر واحدة من { $known }، أو لا شيء لتبقى لغة كل متصفح.
launcher-unwritable = تعذّرت كتابة المشغّل { $file }: { $why }.
    .hint = تحقّق من أن هذا المستخدم يحق له أن يكتب هناك.
launcher-nowhere = لا مجلد للمشغّلات: لم يُعيَّن XDG_DATA_HOME ولا HOME.
    .hint = شغّل Kith من سطح مكتبك، أو عيِّن أحدهما.

## Address-book cards

card-none = لا بطاقة في هذا الملف.
    .hint = صدّر جهات الاتصال في ملف ‎.vcf (vCard) واختره.
card-file-too-large = الملف أكبر من { $count } MiB.
    .hint = صدّر جهات الاتصال بلا صور، أو في عدة ملفات.
card-mistake = أخطأ Kith مع هذا الملف.
    .hint = لم يُحفظ منه شيء. صدّره من جديد، ربما بالإصدار 3.0 أو 4.0.
card-unknown = لا أحد في المراجعة له المفتاح { $key }.
    .hint = راجع القائمة من جديد؛ ربما أُنهيت في نافذة أخرى.

## Pairing

code-digits = يبدأ الرمز بستة أرقام؛ عددها هنا { $count }.
    .hint = { -form-of-code }
code-word-count = في الرمز أربع كلمات؛ عددها هنا { $count }.
    .hint = { -form-of-code }
code-word-unknown = الكلمة { $position } ليست في القائمة.
    .hint = { -form-of-code }
code-word-nearest = الكلمة { $position } ليست في القائمة؛ ربما هي '{ $nearest }'.
    .hint = { -form-of-code }
code-word-place = لا يمكن أن تأتي الكلمة { $position } هنا: كلمتان إحداهما مكان الأخرى، أو تنقص كلمة قبلها.
    .hint = { -form-of-code }
link-none = هذه ليست دعوة؛ تبدأ الدعوة بـ ‎'kith:'‎.
    .hint = { -whole-link }
link-cut = الدعوة ناقصة.
    .hint = { -whole-link }
link-newer = الدعوة من الإصدار { $version }، ولا تقرؤها إلا نسخة أحدث من Kith.
    .hint = ثبّت أحدث نسخة من Kith.
code-own = هذه دعوتك أنت.
    .hint = أعطها للشخص الآخر؛ تأتي الإجابة عنها من جهازه.
code-wrong = لم يتطابق ذلك. { $count ->
        [zero] لم تبقَ أي محاولة، وبطل الرمز.
        [one] بقيت محاولة واحدة قبل أن يبطل الرمز.
        [two] بقيت محاولتان قبل أن يبطل الرمز.
        [few] بقيت { $count } محاولات قبل أن يبطل الرمز.
        [many] بقيت { $count } محاولة قبل أن يبطل الرمز.
       *[other] بقيت { $count } محاولة قبل أن يبطل الرمز.
    }
    .hint = تحقّق من الكلمات واكتب الرمز من جديد.
code-wrong-last = لم يتطابق ذلك، وكانت آخر محاولة: بطل الرمز.
    .hint = اطلب رمزًا جديدًا.
code-over = انتهت هذه الدعوة: استُعملت، أو انقضى وقتها، أو كثرت محاولات تخمينها.
    .hint = { -new-code }
code-refused = رفض الطرف الآخر لسبب لا تعرفه هذه النسخة ({ $number }).
    .hint = { -new-code }
code-unanswered = لم يُجب أي جهاز عن هذا الرمز في الوقت المحدد.
    .hint = تحقّق من الأرقام، ومن أن Kith يعمل لدى الطرف الآخر، وعلى الشبكة نفسها إن كان رمزًا يُقرأ بصوت. يبقى الرمز عشر دقائق؛ أما الرابط فيصلح من مكان أبعد.
code-unsearched = تعذّر البحث في الشبكة: { $why }.
    .hint = { -check-network }
pairing-versions = لا لغة مشتركة بين نسختَي Kith.
    .hint = حدِّث الأقدم منهما.
pairing-off = أُلغيت الإجابة.
    .hint = لم يبقَ منها شيء.
pairing-off-blocked = أُلغيت الإجابة.
    .hint = حُظرت جهة الاتصال.
pairing-going-on = يجري الاتصال بينك وبين { $name }.
    .hint = انتظر حتى يتم، أو أزل جهة الاتصال للبدء من جديد.
pairing-no-network = تعذّرت الإجابة عن الدعوة: { $why }.
    .hint = { -check-network }
pairing-no-keys = نفدت مفاتيح الاستعادة على هذا الجهاز.
    .hint = ما زال الاقتران ممكنًا من بيانات جديدة، أو من جهاز لك بقيت لديه مفاتيح.

## Messages

not-answered-yet = لم يُجب أحد بعد، ولذلك لا محادثة.
    .hint = انتظر حتى تتصلا.
not-invited-yet = لم يُدعَ أحد بعد، ولذلك لا محادثة.
    .hint = ابدأ بالدعوة.
not-connected-yet = لم يأتِ جواب من { $name } بعد، ولذلك لا مفاتيح للكتابة بها.
    .hint = انتظر حتى تتصلا؛ يُظهر 'kith contacts' أين وصل ذلك.
device-none = ليس لدى { $name } جهاز يمكن الوصول إليه.
    .hint = اقترنا أولًا: 'kith invite CONTACT'، أو 'kith accept CODE' بالرمز الذي أعطاه الطرف الآخر؛ ومعه ‎'--again'‎ لمن كان هنا من قبل.
text-empty = لا نص هنا.
    .hint = اكتب شيئًا أولًا.
text-too-long = طول النص بالبايت { $count }، والحد الأقصى { $most }.
    .hint = أرسله أجزاءً.
draft-too-long = المسودة أطول من رسالة واحدة.
    .hint = اختصرها.
search-too-long = هذا أطول من أن يُبحث عنه.
    .hint = أعطِ بضع كلمات.
message-id-bad = ليس '{ $text }' معرّف رسالة.
    .hint = يُظهر 'kith log CONTACT --ids' كيف تبدأ معرّفات الرسائل.
message-unknown = لا توجد هذه الرسالة هنا.
    .hint = يُظهر 'kith log CONTACT' الرسائل ومعرّفاتها.
message-not-yours = كتب هذه الرسالة شخص آخر.
    .hint = لا يستطيع تعديل رسالة أو حذفها إلا من كتبها.
message-deleted = هذه الرسالة محذوفة بالفعل.
    .hint = لم يبقَ منها شيء؛ اكتب رسالة جديدة.
message-from-before = هذه الرسالة من قبل أن تقترنا من جديد، ولا يمكن إلا حذفها.
    .hint = اكتبها من جديد، أو احذفها هنا.
message-on-its-way = ما زالت هذه الرسالة في الطريق، ولا يمكن إلا حذفها للطرفين.
    .hint = يحذفها 'kith delete' للطرفين.
message-pinned-often = ثُبّتت هذه الرسالة وأُلغي تثبيتها مرات أكثر من اللازم.
    .hint = تبقى كما هي.
reaction-not-emoji = لا يوضع على الرسالة إلا رمز تعبيري واحد.
    .hint = أعطِ رمزًا تعبيريًا واحدًا، أو لا شيء لسحب رمزك.
timer-bad = تبقى الرسائل 5 ثوانٍ على الأقل، و366 يومًا على الأكثر، أو دائمًا.
    .hint = أعطِ مدة مثل 5m أو 1h أو 1d أو 4w، أو 'off'.
device-removed = أُزيل هذا الجهاز من قائمة أجهزتك، ولذلك لا يكتب هنا بعد الآن.
    .hint = اكتب من جهاز ما زال في القائمة.
device-retired = ما يحفظه هذا الجهاز نسخة أو حالة قديمة، ولذلك لا يكتب هنا بعد الآن.
    .hint = اقترنا من جديد: 'kith invite CONTACT --again' هنا، أو 'kith accept CODE --again CONTACT' بالرمز الذي أعطاه الطرف الآخر.
too-old-edit = في هذه المحادثة تطبيق أقدم من أن يُظهر رسالة معدَّلة؛ يجب تحديثه أولًا.
    .hint = { -update-them }
too-old-react = في هذه المحادثة تطبيق أقدم من أن يُظهر رمزًا تعبيريًا على رسالة؛ يجب تحديثه أولًا.
    .hint = { -update-them }
too-old-pin = في هذه المحادثة تطبيق أقدم من أن يُظهر رسائل مثبّتة؛ يجب تحديثه أولًا.
    .hint = { -update-them }
too-old-disappear = في هذه المحادثة تطبيق أقدم من أن تختفي الرسائل فيه؛ يجب تحديثه أولًا.
    .hint = { -update-them }
too-old-files = في هذه المحادثة تطبيق أقدم من أن يأخذ ملفات؛ يجب تحديثه أولًا.
    .hint = { -update-them }
forward-nothing = لا شيء يُعاد توجيهه.
    .hint = اختر 'إعادة توجيه' من قائمة رسالة مرة أخرى.
forward-a-file = هذه الرسالة ملف، ولا يُعاد توجيه إلا النصوص.
    .hint = يحفظه 'kith get'، ويرسله 'kith send --file' إلى شخص آخر.

## Files

file-none = لا ملف في هذه الرسالة.
    .hint = يعرض 'kith files CONTACT' الملفات.
file-unreadable = تعذّرت قراءة '{ $file }': { $why }.
    .hint = { -readable-file }
file-not-one = ليس '{ $file }' ملفًا.
    .hint = سمِّ ملفًا؛ أما المجلد فيمكن إرساله في ملف أرشيف.
file-name-bad = لا يمكن أن يكون لملف هذا الاسم أو الحجم أو الوصف.
    .hint = أعطه اسمًا آخر.
file-caption-too-long = ما كُتب مع الملف أطول من اللازم.
    .hint = اكتب معه أقل من ذلك.
file-not-here = هذا الملف ليس هنا.
    .hint = اطلبه أولًا.
file-not-here-yet = لم يصل هذا الملف بعد.
    .hint = يطلبه 'kith get CONTACT FILE' وينتظره.
file-exists = يوجد شيء في '{ $file }' بالفعل.
    .hint = اختر مكانًا آخر بالخيار ‎-o، أو استبدله بالخيار ‎--force.
file-changed = تغيّر الملف المختوم على هذا الجهاز، فلا يُفتح.
    .hint = اطلب ممّن أرسله أن يرسله مرة أخرى.
file-cut-short = انتهى الملف قبل أن يصل كله.
    .hint = أرسله مرة أخرى.
file-too-large = هذا الملف أكبر من 16 TiB.
    .hint = أرسله أجزاءً.
file-sent-from-here = أُرسل هذا الملف من هنا، وربما يُطلب بعد.
    .hint = احذف رسالته، فيزول لدى الطرفين.
disk-full = لا مكان على هذا القرص.
    .hint = { -free-space }
disk-refuses = لا يقبله القرص: { $why }.
    .hint = تحقّق من المكان ومن صلاحياته، ثم أعد المحاولة.
storage-busy = ينظر Kith في ذلك بالفعل.
    .hint = اسأل مرة أخرى بعد لحظة.

## Backup and restore

backup-busy = يجري الآن إنشاء نسخة احتياطية.
    .hint = انتظر حتى تكتمل.
backup-gone = لا توجد هذه النسخة الاحتياطية لتُنزَّل.
    .hint = أنشئها من جديد في الإعدادات.
backup-stopped = أُوقفت النسخة الاحتياطية قبل أن تكتمل.
    .hint = لم يبقَ منها شيء؛ أنشئها من جديد متى أردت.
backup-let-go = ترك المتصفح التنزيل قبل أن تكتمل النسخة الاحتياطية.
    .hint = انظر هل هناك مكان حيث يحفظ الملفات، وأنشئ النسخة الاحتياطية من جديد. إن بقي منها جزء عنده فلا شيء يُقرأ منه.
backup-unfetched = لم يجلب المتصفح النسخة الاحتياطية.
    .hint = انظر هل يمنع المتصفح هذه الصفحة من التنزيل، ثم أنشئ النسخة الاحتياطية من جديد.
backup-exists = يوجد شيء في '{ $file }' بالفعل.
    .hint = اختر اسمًا آخر؛ لا تستبدل النسخة الاحتياطية شيئًا.
backup-no-folder = لا يوجد المجلد الذي يوضع فيه '{ $file }'.
    .hint = أنشئ المجلد أولًا، أو اختر غيره.
backup-no-room = لا مكان للملف '{ $file }'.
    .hint = أفسح مكانًا هناك، أو اختر قرصًا آخر. لم يبقَ شيء من هذه النسخة الاحتياطية.
backup-failed = تعذّرت كتابة النسخة الاحتياطية: { $why }.
    .hint = لم يبقَ شيء من هذه النسخة الاحتياطية. تحقّق من القرص ومن صلاحياته، ثم أنشئها من جديد.
restore-not-one = ليس '{ $file }' نسخة احتياطية من Kith.
    .hint = سمِّ الملف الذي كتبه 'kith backup'.
restore-newer = الملف '{ $file }' من نسخة أحدث من Kith (الصيغة { $found }؛ تعرف هذه النسخة { $known }).
    .hint = ثبّت أحدث نسخة من Kith، ثم استعد بها ما في الملف.
restore-wrong-passphrase = عبارة المرور هذه لا تفتح النسخة الاحتياطية.
    .hint = هي التي أُعطيت حين أُنشئت النسخة الاحتياطية. تحقّق من لغة لوحة المفاتيح وأعد المحاولة.
restore-damaged = الملف '{ $file }' ناقص أو متغيّر: لا يوثق به من البايت { $at } فصاعدًا.
    .hint = انسخه مرة أخرى من حيث تحتفظ به، أو خذ نسخة احتياطية أقدم. لم يُستعد شيء.
restore-in-the-way = يوجد شيء في { $home } بالفعل، ولا تُستعاد نسخة احتياطية إلا في مكان فارغ.
    .hint = اختر مجلدًا آخر بالخيار ‎--home؛ يبقى ما هناك كما هو.
restore-unreadable = تعذّرت قراءة '{ $file }': { $why }.
    .hint = { -readable-file }
restore-not-started = استُعيدت النسخة الاحتياطية كلها في { $home }؛ لكن تعذّر على Kith أن يبدأ هناك.
    .hint = بعد إصلاح ذلك شغّل Kith بلا ‎--restore-backup.
