var e=[`# Kith في المتصفح. قصير، بسيط، بالمضارع؛ والناس بأسمائهم.

## Everywhere

kith = Kith
back-to-people = العودة إلى الناس
back-to-conversation = العودة إلى المحادثة
close = إغلاق
copied = نُسخ
cancel = ليس الآن
away = لا يعمل Kith على هذا الجهاز. شغّله، وتستمر هذه الصفحة من تلقاء نفسها.
away-title = لا يعمل Kith
connecting = يُفتح Kith
locked-title = افتح هذا من Kith
locked = في هذه الصفحة رسائل خاصة، ولذلك لا تُفتح إلا من Kith نفسه. اكتب هذا في طرفية:
locked-command = kith open
error-gone = لا يعمل Kith على هذا الجهاز.
error-gone-hint = شغّله وأعد المحاولة.
keys-title = المفاتيح
keys-search = البحث عن أحد
keys-add = إضافة أحد
keys-arrows = التنقّل في القائمة
keys-enter = فتح
keys-help = كل المفاتيح
keys-escape = رجوع
keys-write = كتابة
keys-send = إرسال
keys-newline = سطر جديد
keys-messages = التنقّل بين الرسائل
keys-about = عن هذا التطبيق
keys-find = البحث عن كلمات هنا
keys-edit = تعديل الرسالة المختارة
keys-delete = حذف الرسالة المختارة
keys-menu = ما يمكن فعله بالرسالة المختارة
keys-reply = الردّ على الرسالة المختارة
keys-react = وضع رمز تعبيري على الرسالة المختارة
keys-switch = فتح أي تطبيق
keys-place = تثبيت المختار أو كتمه أو أرشفته أو حظره

## Time

day-today = اليوم، { $time }

## Path and state

path-direct = مباشر
path-relayed = عبر مرحّل
path-waiting = بانتظار { $name }
path-waiting-since = بانتظار { $name } منذ { $time }
state-waiting = بانتظار { $name }
state-sent = أُرسلت. لم يؤكدها جهاز { $name } بعد
state-delivered = وصلت
state-seen = شوهدت

## Home

people = الناس
lists = القوائم
search = البحث في الأسماء والرسائل
search-no-name = لا أحد هنا بهذا الاسم.
add-someone = إضافة أحد
add-section = إضافة
settings = الإعدادات
everyone = الجميع
being-made = قيد الإنشاء
row-waiting =
    { $count ->
        [zero] أنت: لا رسائل تنتظر هنا
        [one] أنت: تنتظر رسالة واحدة هنا على هذا الجهاز
        [two] أنت: تنتظر رسالتان هنا على هذا الجهاز
        [few] أنت: تنتظر { $count } رسائل هنا على هذا الجهاز
        [many] أنت: تنتظر { $count } رسالة هنا على هذا الجهاز
       *[other] أنت: تنتظر { $count } رسالة هنا على هذا الجهاز
    }
row-held =
    { $count ->
        [zero] أنت: لا رسائل تنتظر كلمتك
        [one] أنت: تنتظر رسالة واحدة كلمتك
        [two] أنت: تنتظر رسالتان كلمتك
        [few] أنت: تنتظر { $count } رسائل كلمتك
        [many] أنت: تنتظر { $count } رسالة كلمتك
       *[other] أنت: تنتظر { $count } رسالة كلمتك
    }
row-mine = أنت: { $text }
row-nothing = لم يُكتب شيء بعد
row-unread = { $count } غير مقروءة
pinned = المثبَّتون
archived = المؤرشفون
archived-text = المؤرشف يوضع جانبًا، ويعود ما دام هناك جديد غير مقروء.
archived-none = لا أحد مؤرشف.
blocked = المحظورون
blocked-text = المحظور لا يُتصل به ولا يُجاب، ولا يُخبَر بذلك.
blocked-none = لا أحد محظور.
people-apart = الجميع هنا مؤرشفون أو محظورون.
list-count = { $list }، { $count }
switch-title = فتح تطبيق
forward-title = إعادة التوجيه إلى
switch-none = لا أحد هنا بهذا الاسم.
found-messages = الرسائل
found-count =
    { $count ->
        [0] لم يُعثر على رسائل
        [zero] لم يُعثر على رسائل
        [one] عُثر على رسالة واحدة
        [two] عُثر على رسالتين
        [few] عُثر على { $count } رسائل
        [many] عُثر على { $count } رسالة
       *[other] عُثر على { $count } رسالة
    }
found-not-whole = تعذّر البحث في بعض المحادثات.
row-muted = مكتوم
row-blocked = محظور
row-place = تثبيت { $name } أو كتم أو أرشفة أو حظر
place-pin = مثبَّت
place-pin-text = فوق الآخرين.
place-mute = مكتوم
place-mute-text = لا شيء يُعلِن ما يُكتب من { $name }.
place-muted-always = حتى تلغي ذلك.
place-muted-until = حتى { $time }.
place-unmute = إلغاء الكتم
place-mute-hour = ساعة
place-mute-eight-hours = 8 ساعات
place-mute-week = أسبوع
place-mute-always = دائمًا
place-archive = مؤرشف
place-archive-text = يوضع جانبًا، ويعود ما دام هناك جديد غير مقروء.
place-block = حظر { $name }
place-block-text = لا يتصل جهازك بجهاز { $name } ولا يجيبه. لا يصل شيء، ولا يُخبَر الطرف الآخر. يمكنك إلغاء ذلك.
place-block-yes = حظر
place-blocked = حظرتَ { $name }
place-blocked-text = لا يظهر شيء من { $name } ولا يصل شيء. كل ما كان محفوظ. لا يُخبَر الطرف الآخر.
place-unblock = إلغاء الحظر
empty-title = تطبيق لكل إنسان
empty-text = أضف أحدًا، فينشئ Kith تطبيقًا لكما وحدكما. يتحدث من جهازك إلى الجهاز الآخر. لا حساب، ولا شيء في الوسط.
empty-answer = أُعطيتُ رمزًا
show-code = إظهار الرمز
see-stages = عرض
make-new = إنشاء رمز جديد
remove-short = إزالة

device = هذا الجهاز
device-waiting = ينتظر هنا
device-waiting-count =
    { $count ->
        [0] لا شيء
        [zero] لا شيء
        [one] رسالة واحدة
        [two] رسالتان
        [few] { $count } رسائل
        [many] { $count } رسالة
       *[other] { $count } رسالة
    }
device-waiting-note = تغادر حين يمكن الوصول إلى الأجهزة الأخرى.
device-waiting-none = غادر كل ما كتبته.
device-reached = يمكن الوصول الآن
device-reached-none = لا أحد
device-reached-direct = { $direct } مباشرةً
device-reached-both = { $direct } مباشرةً، { $relayed } عبر مرحّل
device-reached-relay-note = يمرّر المرحّل حزمًا مختومة ولا يحتفظ بشيء منها.
device-reached-note = لا خادم ولا مرحّل يحمل هذا.
device-reached-none-note = ما تكتبه ينتظر هنا حتى يعود جهاز.
device-kept = محفوظ هنا
device-kept-size = { $size }، مختومة
device-kept-note = خزنة لكل إنسان.
device-key = المفتاح
device-key-file = في ملف
device-key-file-note = من يستطيع قراءة ملفاتك على هذا الجهاز يستطيع فتح الخزنات.
device-keys-find = للبحث عن أحد،
device-keys-all = لكل المفاتيح.
device-keys-press = اضغط
words-banner-title = اكتب كلماتك الأربع والعشرين
words-banner = هي أصل مفاتيحك، ليوم تضيع فيه كل أجهزتك. لا تستطيع هذه النسخة أن تعيدك بها بعد، ولا تستطيع نسخة لاحقة إلا إن كانت لديك. يُظهرها Kith حتى تراجعها.
words-banner-go = كتابتها

## Adding somebody

invite = دعوة
answer = إجابة
who-makes = من ينشئ الرمز
invite-title = لمن هو؟
invite-text = ينشئ Kith تطبيقًا لكما ورمزًا تقرؤه بصوتك.
invite-name = بماذا تسمّي هذا الإنسان
invite-make = إنشاء رمز
invite-read = اقرأ هذا على { $name }
invite-read-text = على الهاتف أو عبر الطاولة. يُكتب في Kith لدى { $name }.
invite-code-label = رمز يُقرأ بصوت
invite-digits-label = الأرقام: { $digits }
invite-minutes =
    { $minutes ->
        [zero] مفتوح لأقل من دقيقة.
        [one] مفتوح لدقيقة واحدة أخرى.
        [two] مفتوح لدقيقتين أخريين.
        [few] مفتوح لمدة { $minutes } دقائق أخرى.
        [many] مفتوح لمدة { $minutes } دقيقة أخرى.
       *[other] مفتوح لمدة { $minutes } دقيقة أخرى.
    }
invite-under-minute = مفتوح لأقل من دقيقة.
invite-failures =
    { $failures ->
        [zero] لا محاولات خاطئة؛ بقي { $left }.
        [one] محاولة خاطئة واحدة؛ بقي { $left }.
        [two] محاولتان خاطئتان؛ بقي { $left }.
        [few] { $failures } محاولات خاطئة؛ بقي { $left }.
        [many] { $failures } محاولة خاطئة؛ بقي { $left }.
       *[other] { $failures } محاولة خاطئة؛ بقي { $left }.
    }
invite-ended-title = انتهى الرمز المخصص لـ{ $name }
invite-ended-text = لا أحد يستطيع استعماله بعد. رمز جديد لا يحتاج إلا لحظة.
invite-link-still = ما زال الرابط صالحًا.
copy-code = نسخ الرمز
or-link = أو، إن لم يمكنكما الكلام الآن
link-title = أظهر الصورة أو أرسل الرابط
link-text = يصلح مرة واحدة حتى { $time }. من كان لديه الرابط يستطيع الإجابة عنه، فأرسله حيث لا يقرأ إلا { $name }.
link-section = الرابط والصورة
link-qr = صورة QR للرابط. الرابط بجانبها يقول الشيء نفسه.
copy-link = نسخ الرابط
making-section = إنشاء التطبيق
you-and = أنت و{ $name }
half-mark = نصفك من العلامة. يأتي نصف { $name } واللون مع المفتاح الآخر.
whole-mark = العلامة مكتملة: هي نفسها في تطبيق { $name }.
making-title = إنشاء التطبيق لك و{ $name }
making-text = يمكنك إغلاق هذا؛ سيستمر.
made-title = هذا التطبيق لك و{ $name }
made-text = في تطبيق { $name } العلامة نفسها واللون نفسه. ما تكتبه يذهب من جهازك إلى جهاز { $name }.
open-app = فتح تطبيقنا
making-gone = لم يعد هذا التطبيق هنا
failed-title = تعذّر إنشاء التطبيق لك و{ $name }

answer-title = اكتب الرمز الذي أُعطيته
answer-text = ستة أرقام ثم أربع كلمات. يُساعَد في الإملاء.
answer-digits = الأرقام
answer-word = الكلمة { $number }
answer-meant = الكلمة { $number }: أتقصد { $word }؟
answer-use = استعمال { $word }
answer-name = بماذا تسمّي هذا الإنسان
answer-make = إنشاء تطبيقنا
answer-other = استعمال رابط أو صورة
answer-code = استعمال رمز
answer-stop = إيقاف البحث
answer-incomplete = في الرمز ستة أرقام وأربع كلمات. ما زال شيء ناقصًا.
answer-name-missing = قل بماذا تسمّي هذا الإنسان.
link-answer-title = استعمل الرابط أو الصورة التي أُعطيتها
link-answer-text = ألصق الرابط. يبدأ بـ«kith:».
link-answer-field = الرابط
link-answer-missing = ألصق الرابط أولًا. يبدأ بـ«kith:».
picture-choose = اختيار صورة
picture-drop = أو أسقط صورة QR هنا أو ألصقها.
picture-none = لا رابط Kith في هذه الصورة. ألصق الرابط، فهو يقول الشيء نفسه.
this-app = هذا التطبيق
answer-looking = البحث عن الجهاز الذي أنشأ هذا.
trying-now = يجب أن يكون مشغَّلًا وأن يعمل Kith عليه. ثم يقارن الجهازان ما كُتب.
trying-kept = لا يُحفظ شيء حتى يثبت جهاز { $name } أنه أنشأ هذا.
answer-before = لا يُحفظ شيء حتى يطابق الرمز أو الرابط. ثم يحفظ الجهازان التطبيق.

stages = المراحل
stage-generating = إنشاء التطبيق
stage-keys = إنشاء المفاتيح
stage-connection = إقامة الاتصال المباشر
stage-secure = قام اتصال آمن
stage-is-done = تمّ
stage-is-now = جارٍ
stage-is-todo = ليس بعد
stage-generating-done = أُنشئ. له عنوانه الخاص وخزنته الخاصة.
stage-generating-todo = ليس بعد.
stage-keys-done = أُنشئت هنا. لا تغادر هذا الجهاز أبدًا.
stage-keys-todo = ليس بعد.
stage-connection-done = التقى جهازك وجهاز { $name }.
stage-connection-todo = ليس بعد.
stage-secure-done = لدى الطرفين المفاتيح نفسها، محفوظة هنا.
stage-secure-todo = ليس بعد. لا يُرسل شيء قبل ذلك.
contact-inviting = بانتظار إجابة { $name }.
contact-connecting = يبحث جهازك وجهاز { $name } أحدهما عن الآخر.
contact-connected = جاهز.
contact-failed = انتهى هذا قبل أن يجيب أحد. أنشئ رمزًا جديدًا.

## Settings and the 24 words

settings-you = أنت
settings-name = الاسم
settings-name-text = ما يراه الجدد: { $name }
settings-name-none = لا يرى الجدد اسمًا.
settings-words = 24 كلمة
settings-words-open = تثبت أنك أنت. لم تُكتب بعد.
settings-words-done = كُتبت وروجعت. لم تعد على هذا الجهاز.
settings-words-go = كتابتها
settings-device = هذا الجهاز
settings-reach = الشبكة
settings-reach-lan = شبكتك المحلية فقط. لا يُبحث عن أجهزة في أماكن أخرى.
settings-reach-internet = شبكتك المحلية والإنترنت، من جهاز إلى جهاز.
settings-kept = محفوظ هنا
settings-kept-text =
    { $count ->
        [zero] { $size }، مختومة.
        [one] { $size } في خزنة واحدة، مختومة.
        [two] { $size } في خزنتين، مختومتين.
        [few] { $size } في { $count } خزنات، كلها مختومة.
        [many] { $size } في { $count } خزنة، كلها مختومة.
       *[other] { $size } في { $count } خزنة، كلها مختومة.
    }
settings-key-file = في ملف. من يستطيع قراءة ملفاتك على هذا الجهاز يستطيع فتح الخزنات.
settings-key-passphrase = تحت عبارة مرور.
settings-change = تغيير
own-name-title = اسمك
own-name-text = يراه من تدعوه من الآن فصاعدًا. أمّا من لديه تطبيقك فيسمّيك كما يشاء.
settings-lock = القفل
settings-lock-none = متوقّف. يحتاج إلى عبارة مرور.
settings-lock-after =
    { $count ->
        [0] متوقّف. يغلق { settings-lock-now } كل الصفحات والأوامر حتى تُعطى عبارة مرورك.
        [zero] متوقّف.
        [one] بعد دقيقة لا يستخدمه فيها أحد، بعبارة مرورك. تستمر الرسائل في الوصول.
        [two] بعد دقيقتين لا يستخدمه فيهما أحد، بعبارة مرورك. تستمر الرسائل في الوصول.
        [few] بعد { $count } دقائق لا يستخدمه فيها أحد، بعبارة مرورك. تستمر الرسائل في الوصول.
        [many] بعد { $count } دقيقة لا يستخدمه فيها أحد، بعبارة مرورك. تستمر الرسائل في الوصول.
       *[other] بعد { $count } دقيقة لا يستخدمه فيها أحد، بعبارة مرورك. تستمر الرسائل في الوصول.
    }
settings-minutes =
    { $count ->
        [zero] بلا دقائق
        [one] دقيقة واحدة
        [two] دقيقتان
        [few] { $count } دقائق
        [many] { $count } دقيقة
       *[other] { $count } دقيقة
    }
settings-lock-now = اقفل الآن
settings-passphrase = عبارة المرور
settings-passphrase-set = تعيين
settings-passphrase-change = تغيير
settings-passphrase-remove = إزالة
settings-notifications = تعرض الإشعارات
settings-notifications-text = على سطح مكتب هذا الجهاز، حتى إن لم تُفتح صفحة. لا تشمل المكتومين.
settings-notifications-off = لا شيء
settings-notifications-names = الأسماء فقط
settings-notifications-texts = الأسماء والكلمات
settings-language = اللغة
settings-language-text = لكل الصفحات على هذا الجهاز.
settings-language-browser = كما في المتصفح
settings-language-en = English
settings-language-de = Deutsch
settings-language-ar = العربية
passphrase-set-title = تعيين عبارة مرور
passphrase-change-title = تغيير عبارة المرور
passphrase-remove-title = أتُزال عبارة المرور؟
passphrase-text = يسأل Kith عنها عند بدئه وعندما يُقفل. أربع كلمات أو خمس لا يجمعها أحد جيّدة. لا أحد يستطيع أن يخبرك بها: من دونها يبقى ما على هذا الجهاز مغلقًا.
passphrase-remove-text = من يستطيع قراءة ملفاتك على هذا الجهاز يستطيع عندها فتح الخزائن، ولا يمكن قفله.
passphrase-old = عبارة المرور الحالية
passphrase-new = عبارة المرور الجديدة
passphrase-repeat = مرة أخرى
passphrase-differ = العبارتان غير متطابقتين.
passphrase-set-do = تعيين
passphrase-change-do = تغيير
passphrase-remove-do = إزالة
crashed-title = أخطأت هذه الصفحة
crashed = لم يضع شيء: ما كتبتَه وما وصلك يحفظه Kith على هذا الجهاز، لا هذه الصفحة.
crashed-again = تحميل من جديد
crashed-copy = نسخ ما حدث
lock-title = مقفل
lock-text = تستمر الرسائل في الوصول. تفتح عبارة مرورك ما هنا.
lock-passphrase = عبارة المرور
lock-open = فتح
lock-trying = جارٍ التحقق
settings-where = مكانه
settings-version = النسخة
seed-title = كلماتك الأربع والعشرون
seed-text = اكتبها على ورق بهذا الترتيب. هي أصل مفاتيحك، ليوم تضيع فيه كل أجهزتك. من كانت لديه يستطيع أن يتصرف باسمك، فلا تُرِها أحدًا.
seed-list = الكلمات الأربع والعشرون بترتيبها
seed-written = كتبتُها
seed-check-title = اكتب الكلمات هنا
seed-check-text = من الورق، بترتيبها، وبينها مسافة. إن كانت صحيحة محاها Kith من هنا: لا تكون بعدها إلا على الورق.
seed-check-field = الكلمات الأربع والعشرون
seed-check = مراجعة
seed-count = { $count } من 24 كلمة
seed-back = إظهارها مرة أخرى
seed-done-title = روجعت
seed-done = الكلمات صحيحة. مُحيت من هنا ولا توجد إلا حيث كتبتها. احتفظ بالورقة.

## A contact's app

messages-with = الرسائل مع { $name }
write = كتابة
write-to = اكتب إلى { $name }
write-first = اكتب الرسالة الأولى
message-to = رسالة إلى { $name }
send = إرسال
compose-waits = ما ترسله ينتظر هنا على هذا الجهاز حتى يمكن الوصول إلى جهاز { $name }.
not-saved = لم تُحفظ. { $reason }
unread-line = { $count } جديدة
latest = إلى الأحدث
latest-new =
    { $count ->
        [zero] لا رسائل جديدة في الأسفل
        [one] رسالة جديدة واحدة في الأسفل
        [two] رسالتان جديدتان في الأسفل
        [few] { $count } رسائل جديدة في الأسفل
        [many] { $count } رسالة جديدة في الأسفل
       *[other] { $count } رسالة جديدة في الأسفل
    }
late = وصلت متأخرة. كُتبت { $time }
edited = معدَّلة
state-held = تنتظر كلمتك: كانت لمفاتيح { $name } القديمة
edited-by = عُدّلت لدى { $name }
message-unknown = كتبتها نسخة أحدث من Kith. حدِّث Kith لقراءتها.
message-deleted-theirs = حُذفت هذه الرسالة من جانب { $name }.
message-deleted-waiting = حذفتَ هذه الرسالة. لم تصل قط.
message-deleted-sent = حذفتَ هذه الرسالة.
message-deleted-delivered = حذفتَ هذه الرسالة.
message-deleted-seen = حذفتَ هذه الرسالة.
from-you = أنت، { $time }
from-them = { $name }، { $time }
delete = حذف
delete-title = أتُحذف هذه الرسالة؟
delete-text = تُزال من هنا، ويُطلب من تطبيق { $name } أن يزيلها أيضًا. ربما قُرئت هناك.
delete-text-sent = غادرت نسخة مختومة. تُسحب حيث لم تُفتح، ويُطلب محوها حيث فُتحت.
delete-menu = حذف…
forward = إعادة توجيه…
delete-here = حذف من هنا فقط
delete-here-text = تُزال من هنا. تبقى عند { $name }، ولا يصل هناك خبر بذلك.
delete-here-text-too = من هنا فقط: تبقى عند { $name }، ولا يصل هناك خبر بذلك.
delete-keep = إبقاء
deleted-never-delivered = لم تغادر أي نسخة. لم تصل قط.
deleted-withdrawn = غادرت نسخة مختومة؛ تُسحب حيث لم تُفتح.
deleted-asked = هي لدى جهاز { $name } ويُطلب منه محوها. ربما قُرئت هناك.
deleted-here = حُذفت هنا. ذهبت إلى مفاتيح { $name } القديمة، فلا أحد يمكن أن يُطلب منه محوها.
edit = تعديل
edit-hint = تعدّل رسالة. يظهر لدى { $name } أنها عُدّلت.
edit-field = الصياغة الجديدة
edit-save = حفظ
edit-cancel = إلغاء

you = أنت
message-menu = ما يمكن فعله بهذه الرسالة
reply = ردّ
react = رمز تعبيري
copy-text = نسخ النص
answering = ردّ على { $name }
answering-you = ردّ على نفسك
answering-stop = بلا ردّ على رسالة
quote-gone = ما كان هذا ردًّا عليه لم يعد موجودًا.
quote-jump = ردّ على
link-leads = (يؤدي إلى { $host })
reaction-mine = أنت: { $emoji }
reaction-theirs = { $name }: { $emoji }
reaction-take-back = أنت: { $emoji }. سحبه
emoji-title = رموز تعبيرية
emoji-more = رموز أخرى
emoji-search = البحث عن رمز
emoji-none = لا رمز بهذا الاسم.
older = إظهار رسائل أقدم
keep-app = إبقاؤه تطبيقًا
unverified = غير متحقَّق حتى تقارنا.
about-open = عن هذا التطبيق
about-title = عن هذا التطبيق
made-on = أُنشئ { $date }
about-path = المسار
about-path-direct-note = لا خادم ولا مرحّل يحمل هذا.
about-path-relayed-note = يمرّر مرحّل حزمًا مختومة ولا يحتفظ بشيء منها.
about-path-none-note = ما تكتبه ينتظر هنا على هذا الجهاز.
about-waiting = ينتظر هنا
about-waiting-none-note = غادر كل ما كتبته.
about-waiting-note = ما ينتظر يغادر من تلقاء نفسه حين يعود جهاز { $name }.
about-safety = رقم الأمان
about-safety-compared = قورن
about-safety-compared-note = قلتَ إن كليكما يرى الرقم نفسه.
about-safety-not = لم يُقارَن
about-safety-new-note = رقم جديد: لا شيء يثبت بعد أنه من كان هنا من قبل. قارناه.
about-safety-proven-note = رقم جديد. تثبت كلمات { $name } الأربع والعشرون أنه من كان هنا من قبل.
about-manifest = النسخة المشتركة
about-manifest-note = ما يقدر عليه تطبيقك وتطبيق { $name } معًا. يُظهر تطبيق { $name } الشيء نفسه.
habit-receipts = الإخبار بما رأيته
habit-receipts-on = يُخبَر { $name } بما رأيته، ويُعرض عليك ما يأتي به الخبر من { $name }.
habit-receipts-off = لا يُخبَر { $name } بما رأيته، ولا يُعرض عليك ذلك من { $name } أيضًا.
habit-typing = الإخبار حين أكتب
habit-typing-on = يُخبَر { $name } حين تكتب، ويُعرض عليك ذلك حين يأتي الخبر من { $name }. لا يُحفظ في أي مكان.
habit-typing-off = لا يُخبَر { $name } حين تكتب، ولا يُعرض عليك ذلك من { $name } أيضًا.
typing = تجري الكتابة عند { $name }
find = البحث عن كلمات هنا
find-field = كلمات في الرسائل مع { $name }
find-none = لم يكتب أحد ذلك هنا.
find-place = { $at } من { $count }
find-older = أقدم
find-newer = أحدث
about-notify = أعلمني حين تأتي رسالة من { $name }
about-notify-text = يُظهر الاسم فقط، ما دام هذا التطبيق مفتوحًا.
about-notify-denied = لا يسمح هذا المتصفح بذلك. إعداداته لهذه الصفحة تسمح.
notification = رسالة جديدة
compare = مقارنة رقم الأمان
compare-again = عرض الرقم
rename = تغيير الاسم
rename-title = بماذا تسمّي هذا الإنسان؟
rename-text = أنت وحدك ترى هذا الاسم.
rename-field = الاسم
rename-save = حفظ
again = اقتران من جديد…
again-title = اقتران من جديد مع { $name }
again-when = حين يفقد أحدكما جهازًا، أو يبدأ من جديد، أو يقول Kith إن ما يُحفظ هنا حالة قديمة.
again-or = أو، إن أُنشئ رمز لدى { $name }
again-answer = اقتران من جديد
again-what = ما يحدث
again-stays = يبقى هذا التطبيق ورسائله واسمه.
again-new = تصبح المفاتيح جديدة، ومعها العلامة ورقم الأمان. قارناه مرة أخرى.
again-held = ما كتبته ولم يصل إلى جهاز { $name } القديم لا يذهب إلى أي مكان دون كلمتك.
again-until = يبقى كل شيء كما هو حتى يُثبَت الرمز لدى { $name }.
held-title =
    { $count ->
        [zero] لا رسائل لمفاتيح { $name } القديمة.
        [one] كانت رسالة واحدة لمفاتيح { $name } القديمة. تنتظر كلمتك.
        [two] كانت رسالتان لمفاتيح { $name } القديمة. تنتظران كلمتك.
        [few] كانت { $count } رسائل لمفاتيح { $name } القديمة. تنتظر كلمتك.
        [many] كانت { $count } رسالة لمفاتيح { $name } القديمة. تنتظر كلمتك.
       *[other] كانت { $count } رسالة لمفاتيح { $name } القديمة. تنتظر كلمتك.
    }
held-send = إرسال إلى المفاتيح الجديدة…
held-drop = حذف…
held-send-title =
    { $count ->
        [zero] لا رسائل تُرسل إلى مفاتيح { $name } الجديدة.
        [one] أتُرسل رسالة واحدة إلى مفاتيح { $name } الجديدة؟
        [two] أتُرسل رسالتان إلى مفاتيح { $name } الجديدة؟
        [few] أتُرسل { $count } رسائل إلى مفاتيح { $name } الجديدة؟
        [many] أتُرسل { $count } رسالة إلى مفاتيح { $name } الجديدة؟
       *[other] أتُرسل { $count } رسالة إلى مفاتيح { $name } الجديدة؟
    }
held-send-unproven = لا شيء يثبت بعد أن المفاتيح الجديدة هي مفاتيح { $name }، ولم تقارن رقم الأمان. من كانت لديه المفاتيح الجديدة سيقرأ هذه الرسائل.
held-send-proven = تثبت كلمات { $name } الأربع والعشرون لمن المفاتيح الجديدة.
held-send-compared = قارنتَ رقم الأمان الجديد مع { $name }.
held-send-yes =
    { $count ->
        [zero] إرسال
        [one] إرسال رسالة واحدة
        [two] إرسال رسالتين
        [few] إرسال { $count } رسائل
        [many] إرسال { $count } رسالة
       *[other] إرسال { $count } رسالة
    }
held-drop-title =
    { $count ->
        [zero] لا رسائل تُحذف.
        [one] أتُحذف رسالة واحدة؟
        [two] أتُحذف رسالتان؟
        [few] أتُحذف { $count } رسائل؟
        [many] أتُحذف { $count } رسالة؟
       *[other] أتُحذف { $count } رسالة؟
    }
held-drop-text = تُزال من هنا ولا تُرسل أبدًا.
held-drop-yes = حذف
held-later = ليس الآن
remove = إزالة هذا التطبيق
remove-title = أيُزال هذا التطبيق؟
remove-text = تُتلف مفاتيحه ورسائله هنا. يبقى ما لدى { $name }. للحديث من جديد تنشئان معًا تطبيقًا جديدًا.
remove-yes = إزالة
remove-keep = إبقاء
removed-title = أُزيل هذا التطبيق
removed-text = أُتلفت مفاتيحه ورسائله هنا. يبقى ما لدى { $name }. يمكنك إغلاق هذه النافذة.

safety-title = هل يرى كلاكما الرقم نفسه؟
safety-title-done = قارنتَ هذا الرقم
safety-text = تناوبا: تقرأ أنت سطرًا، ويُقرأ التالي لدى { $name }. إن تطابقت الأرقام الستون كلها فلا أحد بينكما.
safety-label = رقم الأمان، ستون رقمًا
safety-you = تقرأ أنت
safety-them = يُقرأ لدى { $name }
safety-match = متطابقان
safety-differ = مختلفان
safety-not-compared = لم يُقارَن بعد
safety-note = يشمل الرقم هويتيكما كاملتين. هاتف أو حاسوب جديد لدى أي منكما لا يغيّره.
safety-undo = تسجيله غير مقارَن
safety-differ-title = مختلفان
safety-differ-text = ربما يقف أحد بينك وبين { $name }، أو يقرأ أحدكما رقم تطبيق آخر. لا تكتب هنا ما يهم. قارنا مرة أخرى وجهًا لوجه؛ إن بقي الرقمان مختلفين فأزيلا كلاكما هذا التطبيق وأنشئا تطبيقًا جديدًا.
safety-none = يظهر الرقم حين يُنشأ التطبيق.
camera-use = استعمال الكاميرا
camera-picture = ما تراه الكاميرا
camera-link-title = وجّه الكاميرا إلى الرمز
camera-link-text = هو على شاشة من يدعوك. تبقى الصور في هذه النافذة.
camera-denied = لا يُسمح لهذه الصفحة باستعمال الكاميرا. يمكن لإعدادات المتصفح لهذه الصفحة أن تسمح بذلك.
camera-none = لا كاميرا يمكن لهذه الصفحة أن تستعملها.
about-safety-met = قورن وجهًا لوجه
safety-met = فعلنا ذلك وجهًا لوجه
safety-qr = رقم الأمان رمزَ QR
safety-qr-text = أو التقيا، ودعا كاميرا تقرأ الرمز من الشاشة الأخرى. يقارن Kith الأرقام ويسجّل أنكما التقيتما.
safety-scan-title = وجّه الكاميرا إلى رمز { $name }
safety-scan-text = هو في تطبيق { $name }، في صفحة رقم الأمان. تبقى الصور في هذه النافذة.
safety-scan-other = هذا رمز آخر. الرمز المطلوب في تطبيق { $name }، في صفحة رقم الأمان.

## من ملف

empty-import = إحضار جهات الاتصال من ملف
saved = محفوظون، لم يُدعَوا بعد
row-saved = محفوظ، لم يُدعَ بعد
saved-title = { $name } محفوظ
saved-text = ادعُ { $name }، فيصنع Kith تطبيقًا لكما. حتى ذلك الحين لا يُصنع شيء، ولا يُخبَر أحد.
no-mark = تُرسم العلامة من مفتاحيكما معًا. لا مفاتيح بعد.
found-people-title = جديد في دفتر عناوينك
found-people =
    { $count ->
        [zero] جديد في دفتر عناوينك: لا أحد
        [one] جديد في دفتر عناوينك: شخص واحد
        [two] جديد في دفتر عناوينك: شخصان
        [few] جديد في دفتر عناوينك: { $count } أشخاص
        [many] جديد في دفتر عناوينك: { $count } شخصًا
       *[other] جديد في دفتر عناوينك: { $count } شخص
    }
found-people-text = راجعهم قبل أن يُحفظ أحد.
found-people-go = مراجعة
import = من ملف
import-title = إحضار أشخاص من دفتر عناوين
import-text = اختر ملف جهات اتصال (‎.vcf) من هاتفك أو برنامج بريدك. ترى من فيه قبل أن يُحفظ شيء. يحتفظ Kith من كل بطاقة بالاسم والصورة ومعرّفها، ولا يغادر شيء من ذلك هذا الجهاز.
import-choose = اختيار ملفات
import-more = إضافة ملف آخر
import-drop = أو أسقطها هنا.
import-reading = تجري القراءة.
import-found = من فيه
import-count =
    { $count ->
        [zero] لا أحد، والجدد { $fresh }.
        [one] شخص واحد، والجدد { $fresh }.
        [two] شخصان، والجدد { $fresh }.
        [few] { $count } أشخاص، والجدد { $fresh }.
        [many] { $count } شخصًا، والجدد { $fresh }.
       *[other] { $count } شخص، والجدد { $fresh }.
    }
import-all = كل الجدد
import-photo = مع صورة
import-known = جهة اتصال بالفعل، من هذه البطاقة
import-same-name = هناك جهة اتصال بهذا الاسم
import-twice = ورد مرتين
import-skipped-unnamed =
    { $count ->
        [zero] لا بطاقة بلا اسم.
        [one] بطاقة واحدة بلا اسم.
        [two] بطاقتان بلا اسم.
        [few] { $count } بطاقات بلا اسم.
        [many] { $count } بطاقة بلا اسم.
       *[other] { $count } بطاقة بلا اسم.
    }
import-skipped-not-a-person =
    { $count ->
        [zero] لا بطاقة هي قائمة أو شيء.
        [one] بطاقة واحدة هي قائمة أو شيء.
        [two] بطاقتان هما قائمتان أو شيئان.
        [few] { $count } بطاقات هي قوائم أو أشياء.
        [many] { $count } بطاقة هي قوائم أو أشياء.
       *[other] { $count } بطاقة هي قوائم أو أشياء.
    }
import-skipped-too-large =
    { $count ->
        [zero] لا بطاقة كبيرة جدًا.
        [one] بطاقة واحدة كبيرة جدًا.
        [two] بطاقتان كبيرتان جدًا.
        [few] { $count } بطاقات كبيرة جدًا.
        [many] { $count } بطاقة كبيرة جدًا.
       *[other] { $count } بطاقة كبيرة جدًا.
    }
import-skipped-unreadable =
    { $count ->
        [zero] لا بطاقة لا يمكن قراءتها.
        [one] بطاقة واحدة لا يمكن قراءتها.
        [two] بطاقتان لا يمكن قراءتهما.
        [few] { $count } بطاقات لا يمكن قراءتها.
        [many] { $count } بطاقة لا يمكن قراءتها.
       *[other] { $count } بطاقة لا يمكن قراءتها.
    }
import-skipped-too-many =
    { $count ->
        [zero] لا بطاقة تزيد على ما يتسع له Kith.
        [one] بطاقة واحدة تزيد على ما يتسع له Kith.
        [two] بطاقتان تزيدان على ما يتسع له Kith.
        [few] { $count } بطاقات تزيد على ما يتسع له Kith.
        [many] { $count } بطاقة تزيد على ما يتسع له Kith.
       *[other] { $count } بطاقة تزيد على ما يتسع له Kith.
    }
import-save =
    { $count ->
        [zero] حفظ لا أحد
        [one] حفظ شخص واحد
        [two] حفظ شخصان
        [few] حفظ { $count } أشخاص
        [many] حفظ { $count } شخصًا
       *[other] حفظ { $count } شخص
    }
import-drop-all = ترك الجميع
import-unreadable = لا يمكن قراءة هذا الملف.
import-book-unread = تعذّرت قراءة دفتر العناوين على الخادم: { $why }. سيُسأل مرة أخرى بعد حين.
about-notify-show = إظهار ما كُتب
about-notify-show-text = وإلا فالاسم وحده.
launcher = وضعه بين برامجي
launcher-remove = إزالته من برامجي
launcher-made = هو بين برامجك. يحمل الاسم، ويفتح هذا التطبيق ما دام Kith يعمل.
launcher-removed = لم يعد بين برامجك.
# الملفات
message-file = ملف: { $file }
file-save = حفظ
picture-open = فتح الصورة { $file }
viewer-at = { $at } من { $count }
viewer-before = السابقة
viewer-after = التالية
viewer-picture = الصورة { $file }
viewer-not = لا يمكن عرض هذه الصورة هنا. احفظها لفتحها في مكان آخر.
gallery = الصور والملفات
gallery-none = لم ترسل أنت ولا { $name } أي ملف بعد.
gallery-pictures = الصور
gallery-files = الملفات
gallery-more = عرض الأقدم
film = الفيلم { $file }
film-watch = مشاهدته أثناء وصوله
voice = رسالة صوتية
sound-play = تشغيل { $label }، { $length }
sound-pause = إيقاف { $label }
sound-at = الموضع في { $label }
voice-record = تسجيل رسالة صوتية
voice-recording = المسجَّل حتى الآن
voice-send = إرسال الرسالة الصوتية
voice-drop = التخلص منها
voice-denied = لا يتيح المتصفح ميكروفونًا هنا. اسمح به لهذا التطبيق في إعدادات المتصفح، أو وصّل واحدًا.
attach = إضافة ملف
attach-drop = أفلته لإرساله إلى { $name }
tray = ملفات للإرسال
tray-chosen = { $size }، يُرسل مع رسالتك التالية
tray-waiting = { $size }، ينتظر الذي قبله
tray-moving = خُتم { $have } من { $size } { $pace }
tray-failed = لم يُرسل. { $reason }
tray-lost = لم تعد قراءته ممكنة، أو أن Kith لا يعمل على هذا الجهاز.
tray-again = إعادة الإرسال
tray-drop = عدم إرسال { $file }
file-get = إحضار
file-again = الطلب مرة أخرى
file-resume = متابعة
file-pause = إيقاف مؤقت
file-cancel = إلغاء
file-mine = أُرسل من هنا، { $size }
file-taken = وصل إلى { $name }، { $size }
file-here = تم التحقق، { $size }
file-offered = { $size }، لم يُطلب
file-waiting = { $have } من { $size } · بانتظار { $name }
file-moving = { $have } من { $size } { $pace }
file-pace = · { $speed }/ث · { $minutes ->
    [1] بقي { $seconds } ث
    [zero] بقي { $minutes } د
    [one] بقي { $minutes } د
    [two] بقي { $minutes } د
    [few] بقي { $minutes } د
    [many] بقي { $minutes } د
   *[other] بقي { $minutes } د
}
file-paused = متوقف مؤقتًا، { $have } من { $size }
file-cancelled = أُلغي، { $size }
file-unchecked = تعذّر التحقق منه، فتم التخلص منه.
file-no-room = لا مكان له على هذا الجهاز، { $size }
file-gone = لم يعد لدى { $name }، { $size }
`,`# ما ينتظره جهة اتصال، أو سبب تعذّر إنشائها. تشترك فيه صفحات الويب وسطر الأوامر.

note-wait-for-code = بانتظار كتابة الرمز من { $name }. يمكنك إغلاق هذا؛ سيستمر.
note-code-open =
    { $count ->
        [zero] بانتظار كتابة الرمز من { $name }. لم تبقَ أي محاولة.
        [one] بانتظار كتابة الرمز من { $name }. بقيت محاولة واحدة قبل أن يبطل الرمز.
        [two] بانتظار كتابة الرمز من { $name }. بقيت محاولتان قبل أن يبطل الرمز.
        [few] بانتظار كتابة الرمز من { $name }. بقيت { $count } محاولات قبل أن يبطل الرمز.
        [many] بانتظار كتابة الرمز من { $name }. بقيت { $count } محاولة قبل أن يبطل الرمز.
       *[other] بانتظار كتابة الرمز من { $name }. بقيت { $count } محاولة قبل أن يبطل الرمز.
    }
note-wait-for-link = بانتظار فتح الرابط من { $name }. يصلح مرة واحدة حتى ينتهي.
note-found-device = عُثر على الجهاز الذي أنشأ هذا الرمز. ينتظر الكلمات الصحيحة.
note-waiting-device = البحث جارٍ عن جهاز { $name }. يجب أن يكون مشغَّلًا وأن يعمل Kith عليه.
note-code-expired = انتهى الرمز قبل أن يُكتب لدى { $name }. أنشئ رمزًا جديدًا.
note-code-failed = بطل الرمز بعد محاولات خاطئة كثيرة. أنشئ رمزًا جديدًا واقرأه على { $name }.
note-link-used = استعمل جهاز آخر هذا الرابط. اطلب من { $name } رابطًا جديدًا، واسأل عمّن استعمله.
note-crossed = دعوتَ أنت و{ $name } بعضكما في الوقت نفسه. يبقى تطبيق واحد ويُغلق الآخر من تلقاء نفسه.
note-connecting = الكلمات مطابقة. يتبادل جهازك وجهاز { $name } المفاتيح.
note-out-of-reach = كانت الكلمات مطابقة، ثم تعذّر الوصول إلى جهاز { $name }. سيستمر حين يمكن الوصول إلى الجهازين.
note-secure = لدى الطرفين المفاتيح نفسها، محفوظة هنا.
note-storage = قرص هذا الجهاز ممتلئ. أفسح مكانًا؛ سيستمر من تلقاء نفسه.
note-vault-broken = ما يُحفظ عن { $name } على هذا الجهاز تالف، ولذلك يتوقف هذا التطبيق. لم يُحذف شيء. أوقف Kith وأعد نسخة سليمة من الملف، أو أزل هذا التطبيق واقترنا من جديد. لا تتأثر تطبيقات الآخرين.
note-resting = أخطأ Kith أكثر من مرة في ما يُحفظ عن { $name }، ولذلك يتوقف هذا التطبيق حتى يُشغَّل Kith من جديد. لم يضِع شيء. لا تتأثر تطبيقات الآخرين.
note-retired = ما يُحفظ هنا نسخة أو حالة قديمة، ولذلك لا يكتب هذا التطبيق بعد الآن. اقترن مع { $name } من جديد للمتابعة.
note-again-open = رمز للاقتران من جديد مفتوح. يبقى كل شيء كما هو حتى يُجاب عنه لدى { $name }.

# ملاحظات في المحادثة.

notice-device-joined =
    { $count ->
        [0] لدى { $name } جهاز جديد.
        [zero] لدى { $name } جهاز جديد.
        [one] لدى { $name } جهاز جديد. تذهب إليه أيضًا رسالة واحدة منتظِرة.
        [two] لدى { $name } جهاز جديد. تذهب إليه أيضًا رسالتان منتظِرتان.
        [few] لدى { $name } جهاز جديد. تذهب إليه أيضًا { $count } رسائل منتظِرة.
        [many] لدى { $name } جهاز جديد. تذهب إليه أيضًا { $count } رسالة منتظِرة.
       *[other] لدى { $name } جهاز جديد. تذهب إليه أيضًا { $count } رسالة منتظِرة.
    }
notice-device-joined-mine =
    { $count ->
        [0] لديك جهاز آخر في هذه المحادثة.
        [zero] لديك جهاز آخر في هذه المحادثة.
        [one] لديك جهاز آخر في هذه المحادثة. تذهب إليه أيضًا رسالة واحدة منتظِرة.
        [two] لديك جهاز آخر في هذه المحادثة. تذهب إليه أيضًا رسالتان منتظِرتان.
        [few] لديك جهاز آخر في هذه المحادثة. تذهب إليه أيضًا { $count } رسائل منتظِرة.
        [many] لديك جهاز آخر في هذه المحادثة. تذهب إليه أيضًا { $count } رسالة منتظِرة.
       *[other] لديك جهاز آخر في هذه المحادثة. تذهب إليه أيضًا { $count } رسالة منتظِرة.
    }
notice-device-left = لم يعد أحد أجهزة { $name } هنا. لا يذهب إليه ما تكتبه من الآن.
notice-device-left-mine = لم يعد أحد أجهزتك هنا. لا يذهب إليه ما يُكتب من الآن.
notice-lists-forked = توجد قائمتان مختلفتان لأجهزة { $name }: نسخ أحدهم جهازًا. لا تُصدَّق أجهزة جديدة من { $name } حتى يُحسم الأمر بالكلمات الأربع والعشرين أو تقترنا من جديد.
notice-lists-forked-mine = توجد قائمتان مختلفتان لأجهزتك: نسخ أحدهم جهازًا من أجهزتك. لا تُصدَّق أجهزة جديدة حتى تحسم الأمر بكلماتك الأربع والعشرين.
notice-recovered = استُعملت الكلمات الأربع والعشرون لدى { $name }. لم تعد قوائم الأجهزة الأقدم معتبرة.
notice-recovered-mine = استعملتَ كلماتك الأربع والعشرين. لم تعد قوائم أجهزتك الأقدم معتبرة.
notice-paired-anew =
    { $count ->
        [0] اقترنتَ أنت و{ $name } من جديد. تغيّر رقم الأمان: قارناه مرة أخرى.
        [zero] اقترنتَ أنت و{ $name } من جديد. تغيّر رقم الأمان: قارناه مرة أخرى.
        [one] اقترنتَ أنت و{ $name } من جديد. تغيّر رقم الأمان: قارناه مرة أخرى. تنتظر رسالة واحدة كلمتك: كانت للمفاتيح السابقة.
        [two] اقترنتَ أنت و{ $name } من جديد. تغيّر رقم الأمان: قارناه مرة أخرى. تنتظر رسالتان كلمتك: كانتا للمفاتيح السابقة.
        [few] اقترنتَ أنت و{ $name } من جديد. تغيّر رقم الأمان: قارناه مرة أخرى. تنتظر { $count } رسائل كلمتك: كانت للمفاتيح السابقة.
        [many] اقترنتَ أنت و{ $name } من جديد. تغيّر رقم الأمان: قارناه مرة أخرى. تنتظر { $count } رسالة كلمتك: كانت للمفاتيح السابقة.
       *[other] اقترنتَ أنت و{ $name } من جديد. تغيّر رقم الأمان: قارناه مرة أخرى. تنتظر { $count } رسالة كلمتك: كانت للمفاتيح السابقة.
    }
notice-paired-anew-proven =
    { $count ->
        [0] اقترنتَ أنت و{ $name } من جديد. تغيّر رقم الأمان؛ وتشهد كلمات { $name } الأربع والعشرون للمفاتيح الجديدة.
        [zero] اقترنتَ أنت و{ $name } من جديد. تغيّر رقم الأمان؛ وتشهد كلمات { $name } الأربع والعشرون للمفاتيح الجديدة.
        [one] اقترنتَ أنت و{ $name } من جديد. تغيّر رقم الأمان؛ وتشهد كلمات { $name } الأربع والعشرون للمفاتيح الجديدة. تنتظر رسالة واحدة كلمتك: كانت للمفاتيح السابقة.
        [two] اقترنتَ أنت و{ $name } من جديد. تغيّر رقم الأمان؛ وتشهد كلمات { $name } الأربع والعشرون للمفاتيح الجديدة. تنتظر رسالتان كلمتك: كانتا للمفاتيح السابقة.
        [few] اقترنتَ أنت و{ $name } من جديد. تغيّر رقم الأمان؛ وتشهد كلمات { $name } الأربع والعشرون للمفاتيح الجديدة. تنتظر { $count } رسائل كلمتك: كانت للمفاتيح السابقة.
        [many] اقترنتَ أنت و{ $name } من جديد. تغيّر رقم الأمان؛ وتشهد كلمات { $name } الأربع والعشرون للمفاتيح الجديدة. تنتظر { $count } رسالة كلمتك: كانت للمفاتيح السابقة.
       *[other] اقترنتَ أنت و{ $name } من جديد. تغيّر رقم الأمان؛ وتشهد كلمات { $name } الأربع والعشرون للمفاتيح الجديدة. تنتظر { $count } رسالة كلمتك: كانت للمفاتيح السابقة.
    }
notice-held-sent =
    { $count ->
        [zero] لم تُرسَل أي رسالة محتجزة.
        [one] أرسلتَ رسالة واحدة محتجزة إلى المفاتيح الجديدة.
        [two] أرسلتَ رسالتين محتجزتين إلى المفاتيح الجديدة.
        [few] أرسلتَ { $count } رسائل محتجزة إلى المفاتيح الجديدة.
        [many] أرسلتَ { $count } رسالة محتجزة إلى المفاتيح الجديدة.
       *[other] أرسلتَ { $count } رسالة محتجزة إلى المفاتيح الجديدة.
    }
notice-began-anew = ما كان يحفظه هذا الجهاز هنا نسخة أو حالة قديمة. بدأ من جديد، جهازًا آخر من أجهزتك.
notice-copy-proven = نُسخ أحد أجهزة { $name } أو أُعيد إلى حالة سابقة. لا يُقرأ منه شيء حتى يبدأ من جديد.
notice-unknown = كتبت نسخة أحدث من Kith شيئًا هنا. حدِّث Kith لقراءته.
note-saved = محفوظ. يُصنع التطبيق عندما تدعو { $name }.
`];export{e as default};