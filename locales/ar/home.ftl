# جمل الصفحة الرئيسية وحدها؛ ما تقوله التطبيقات أيضًا في web.ftl.

back-to-people = العودة إلى الناس
keys-search = البحث عن أحد
keys-add = إضافة أحد
keys-arrows = التنقّل في القائمة
keys-enter = فتح
keys-place = تثبيت المختار أو كتمه أو أرشفته أو حظره

people = الناس
lists = القوائم
search-no-name = لا أحد هنا بهذا الاسم.
add-someone = إضافة أحد
add-section = إضافة
settings = الإعدادات
row-unread = { $count } غير مقروءة
archived-text = المؤرشف يوضع جانبًا، ويعود ما دام هناك جديد غير مقروء.
blocked-text = المحظور لا يُتصل به ولا يُجاب، ولا يُخبَر بذلك.
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
row-place = تثبيت { $name } أو كتم أو أرشفة أو حظر
empty-title = تطبيق لكل إنسان
empty-text = أضف أحدًا، فينشئ Kith تطبيقًا لكما وحدكما. يتحدث من جهازك إلى الجهاز الآخر. لا حساب، ولا شيء في الوسط.
empty-answer = أُعطيتُ رمزًا
show-code = إظهار الرمز
see-stages = عرض
remove-short = إزالة

device = هذا الجهاز
device-waiting = ينتظر هنا
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
words-banner = هي أصل مفاتيحك. وفي يوم تضيع فيه كل أجهزتك تُثبت لمن تعرفهم أنك أنت. يُظهرها Kith حتى تراجعها.
words-banner-go = كتابتها

answer = إجابة
who-makes = من ينشئ الرمز
invite-title = لمن هو؟
invite-text = ينشئ Kith تطبيقًا لكما ورمزًا تقرؤه بصوتك.
invite-name = بماذا تسمّي هذا الإنسان
making-text = يمكنك إغلاق هذا؛ سيستمر.
open-app = فتح تطبيقنا
making-gone = لم يعد هذا التطبيق هنا
failed-title = تعذّر إنشاء التطبيق لك و{ $name }

answer-title = اكتب الرمز الذي أُعطيته
answer-text = ستة أرقام ثم أربع كلمات. يُساعَد في الإملاء.
answer-name = بماذا تسمّي هذا الإنسان
answer-make = إنشاء تطبيقنا
answer-stop = إيقاف البحث
answer-name-missing = قل بماذا تسمّي هذا الإنسان.
link-answer-title = استعمل الرابط أو الصورة التي أُعطيتها
link-answer-text = ألصق الرابط. يبدأ بـ«kith:».
trying-now = يجب أن يكون مشغَّلًا وأن يعمل Kith عليه. ثم يقارن الجهازان ما كُتب.
trying-kept = لا يُحفظ شيء حتى يثبت جهاز { $name } أنه أنشأ هذا.
answer-before = لا يُحفظ شيء حتى يطابق الرمز أو الرابط. ثم يحفظ الجهازان التطبيق.

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
settings-kept-look = عرض
settings-backup = نسخة احتياطية
settings-backup-text = ملف واحد مختوم فيه أشخاصك وكل ما قيل، لجهاز آخر.
settings-backup-go = إنشاء
backup-title = إنشاء نسخة احتياطية
backup-text = ملف واحد مختوم فيه أشخاصك وما قيل والملفات الموجودة كاملةً هنا. على جهاز آخر يبدأ Kith منه، فيكون كل شيء هناك.
backup-not = ليس فيها أي مفتاح، ولا كلماتك الأربع والعشرون: من يفتحها يستطيع القراءة ولا يستطيع الكتابة باسمك. لتتابع الكتابة من الجهاز الآخر تقترن من جديد بكل واحد من أشخاصك. وما تحذفه لاحقًا يبقى فيها.
backup-passphrase = عبارة مرور للنسخة الاحتياطية
backup-passphrase-text = لا تُفتح إلا بعبارة مرورها، ولا أحد يستطيع أن يخبرك بها. أربع كلمات أو خمس لا يجمعها أحد جيّدة. احفظ كلًّا منهما بعيدًا عن الأخرى.
backup-do = إنشاء النسخة الاحتياطية
backup-going-title = يجري إنشاء النسخة الاحتياطية
backup-going = متصفّحك ينزّلها. وكل شيء آخر مستمر في هذه الأثناء.
backup-begins = تبدأ بعد لحظة.
backup-progress = { $written } من نحو { $about }
backup-stop = إيقاف
backup-done-title = النسخة الاحتياطية كاملة
backup-done = { $size }. الأشخاص: { $contacts }، الملفات: { $files }.
backup-done-where = سُلّمت كلها إلى متصفّحك. تحقّق حيث يحفظ الملفات من أنها وصلت قبل أن تعتمد عليها.
backup-left-out = تعذّرت قراءة ما قيل مع { $name }، وليس فيها.
backup-restore = على جهاز آخر ليس عليه Kith بعد:
back-to-settings = العودة إلى الإعدادات
storage-title = المحفوظ على هذا الجهاز
storage-text = ما يحفظه كل تطبيق هنا، وكله مختوم.
storage-text-room = ما يحفظه كل تطبيق هنا، وكله مختوم. المتاح على هذا القرص { $room }.
storage-none = لا شيء محفوظ بعد.
storage-messages = الرسائل { $size }
storage-sent = ملفات مرسلة { $size }
storage-came = ملفات واردة { $size }
storage-partly = ملفات ناقصة { $size }
storage-other = غير ذلك { $size }
storage-free = إخلاء مكان…
storage-free-of = إخلاء مكان من ملفات { $name }
free-title = { $count ->
    [zero] لا ملفات جاءت من { $name }.
    [one] أيُزال ملف واحد جاء من { $name }؟
    [two] أيُزال ملفان جاءا من { $name }؟
    [few] أتُزال { $count } ملفات جاءت من { $name }؟
    [many] أيُزال { $count } ملفًا جاءت من { $name }؟
   *[other] أيُزال { $count } ملف جاءت من { $name }؟
}
free-text = تبقى الرسائل. يمكنك طلب كل ملف من جديد ما دام جهاز { $name } يحتفظ به، لا أطول من ذلك.
free-text-sent = تبقى الملفات التي أرسلتها: قد يطلبها { $name } بعد.
free-keep = الإبقاء عليها
free-do = إزالة { $size }
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
settings-passphrase = عبارة المرور
settings-passphrase-set = تعيين
settings-passphrase-change = تغيير
settings-passphrase-remove = إزالة
settings-keyring = البدء دون سؤال
settings-keyring-text = تفتح حلقة مفاتيح سطح المكتب الخزائن عند بدء Kith. من سجّل الدخول إلى سطح المكتب هذا باسمك يستطيع عندها أن يبدأ Kith ويقرأه؛ ومن ليس لديه إلا القرص لا يستطيع، ما دامت كلمة سر دخولك مصونة. ولا يُفتح القفل إلا بعبارة المرور.
settings-keyring-lost = لم تأخذ حلقة مفاتيح سطح المكتب ما تحتاجه لعبارة المرور الجديدة، فيسأل Kith عند بدئه.
settings-keyring-lost-hint = شغّله مرة أخرى.
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
passphrase-keep-title = البدء دون سؤال؟
passphrase-keep-text = لا تُحفظ عبارة مرورك، بل مفتاح ينتج عنها فقط، في حلقة مفاتيح سطح المكتب. لا تنسها: فهي تفتح القفل، وتفتح كل شيء حيث لا حلقة مفاتيح.
passphrase-keep-do = البدء دون سؤال
passphrase-forget-title = السؤال كل مرة يبدأ فيها Kith؟
passphrase-forget-text = يُزال المفتاح من حلقة مفاتيح سطح المكتب. يبدأ Kith عندها في طرفية تسأل عن عبارة المرور؛ ولا يبدأ من مشغّل.
passphrase-forget-do = السؤال كل مرة
passphrase-old = عبارة المرور الحالية
passphrase-new = عبارة المرور الجديدة
passphrase-repeat = مرة أخرى
passphrase-differ = العبارتان غير متطابقتين.
passphrase-set-do = تعيين
passphrase-change-do = تغيير
passphrase-remove-do = إزالة
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

empty-import = إحضار جهات الاتصال من ملف
row-saved = محفوظ، لم يُدعَ بعد
saved-title = { $name } محفوظ
saved-text = ادعُ { $name }، فيصنع Kith تطبيقًا لكما. حتى ذلك الحين لا يُصنع شيء، ولا يُخبَر أحد.
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
