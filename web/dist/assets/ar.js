var e=[`kith = Kith
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
day-today = اليوم، { $time }
path-direct = مباشر
path-relayed = عبر مرحّل
path-waiting = بانتظار { $name }
path-waiting-since = بانتظار { $name } منذ { $time }
path-over = غير متصل: اقترنا من جديد
state-waiting = بانتظار { $name }
try-now = المحاولة الآن
trying = تجري المحاولة…
still-away = ما زال جهاز { $name } غير متاح.
state-sent = أُرسلت. لم يؤكدها جهاز { $name } بعد
state-delivered = وصلت
state-seen = شوهدت
search = البحث في الأسماء والرسائل
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
pinned = المثبَّتون
archived = المؤرشفون
archived-none = لا أحد مؤرشف.
blocked = المحظورون
blocked-none = لا أحد محظور.
row-blocked = محظور
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
make-new = إنشاء رمز جديد
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
invite = دعوة
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
made-title = هذا التطبيق لك و{ $name }
made-text = في تطبيق { $name } العلامة نفسها واللون نفسه. ما تكتبه يذهب من جهازك إلى جهاز { $name }.
answer-digits = الأرقام
answer-word = الكلمة { $number }
answer-meant = الكلمة { $number }: أتقصد { $word }؟
answer-use = استعمال { $word }
answer-other = استعمال رابط أو صورة
answer-code = استعمال رمز
answer-incomplete = في الرمز ستة أرقام وأربع كلمات. ما زال شيء ناقصًا.
link-answer-field = الرابط
link-answer-missing = ألصق الرابط أولًا. يبدأ بـ«kith:».
picture-choose = اختيار صورة
picture-drop = أو أسقط صورة QR هنا أو ألصقها.
picture-none = لا رابط Kith في هذه الصورة. ألصق الرابط، فهو يقول الشيء نفسه.
this-app = هذا التطبيق
answer-looking = البحث عن الجهاز الذي أنشأ هذا.
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
settings-lock-now = اقفل الآن
crashed-title = أخطأت هذه الصفحة
crashed = لم يضع شيء: ما كتبتَه وما وصلك يحفظه Kith على هذا الجهاز، لا هذه الصفحة.
crashed-again = تحميل من جديد
crashed-copy = نسخ ما حدث
lock-title = مقفل
lock-text = تستمر الرسائل في الوصول. تفتح عبارة مرورك ما هنا.
lock-passphrase = عبارة المرور
lock-open = فتح
lock-trying = جارٍ التحقق
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
delete-here-wanted = لم يحصل جهاز { $name } على الملف بعد، فلا يمكن حذفه من هنا فقط.
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
about-path-over-note = لا يمكن كتابة شيء حتى تقترنا من جديد.
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
saved = محفوظون، لم يُدعَوا بعد
no-mark = تُرسم العلامة من مفتاحيكما معًا. لا مفاتيح بعد.
about-notify-show = إظهار ما كُتب
about-notify-show-text = وإلا فالاسم وحده.
launcher = وضعه بين برامجي
launcher-remove = إزالته من برامجي
launcher-made = هو بين برامجك. يحمل الاسم، ويفتح هذا التطبيق ما دام Kith يعمل.
launcher-removed = لم يعد بين برامجك.
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
file-removed = أُزيل من هذا الجهاز، { $size }
file-held = ‏{ $have } من { $size } · أوقفه { $name } مؤقتًا
file-mine-paused = متوقف مؤقتًا. يصل الباقي إلى { $name } حين تتابع، { $size }
file-given = ‏{ $have } من { $size } أُعطيت
file-free-menu = إزالة من هذا الجهاز…
file-free-title = أيُزال { $file } من هذا الجهاز؟
file-free-text = تبقى رسالته. يمكنك طلبه من جديد ما دام جهاز { $name } يحتفظ به، لا أطول من ذلك.
file-free = إزالة
pin = تثبيت للطرفين
unpin = إلغاء التثبيت
message-pinned = مثبّتة
pins = رسائل مثبّتة
pins-place = { $at } من { $count }
pin-file = ملف
keys-pin = تثبيت الرسالة المختارة أو إلغاء تثبيتها
timer = اختفاء الرسائل
timer-text = يقول كل منكما كم يمكن أن تبقى الرسائل، والمدة الأطول هي السارية. تحتفظ الرسالة بالمدة التي كُتبت في ظلها: هنا منذ إرسالها، ولدى { $name } منذ رؤيتها.
timer-none = تبقى الرسائل.
timer-in-force = تختفي الرسائل الجديدة. المدة: { $time }.
timer-only-mine = تبقى الرسائل حتى تأتي الموافقة من { $name }.
timer-only-theirs = تبقى الرسائل. رغبة { $name } أن تختفي. المدة: { $time }.
timer-stay = تبقى
timer-agree = موافقة
leaves-at = تختفي { $time }
leaves-sent = تبقى بعد إرسالها: { $time }
leaves-seen = تبقى بعد رؤيتها: { $time }
`,`note-wait-for-code = بانتظار كتابة الرمز من { $name }. يمكنك إغلاق هذا؛ سيستمر.
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
note-restored = هذا ما حفظته نسخة احتياطية. اقترن مع { $name } من جديد لمتابعة الكتابة.
note-again-open = رمز للاقتران من جديد مفتوح. يبقى كل شيء كما هو حتى يُجاب عنه لدى { $name }.
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
span-off = دائمًا
span-seconds =
    { $count ->
        [zero] { $count } ثانية
        [one] ثانية واحدة
        [two] ثانيتان
        [few] { $count } ثوانٍ
        [many] { $count } ثانية
       *[other] { $count } ثانية
    }
span-minutes =
    { $count ->
        [zero] { $count } دقيقة
        [one] دقيقة واحدة
        [two] دقيقتان
        [few] { $count } دقائق
        [many] { $count } دقيقة
       *[other] { $count } دقيقة
    }
span-hours =
    { $count ->
        [zero] { $count } ساعة
        [one] ساعة واحدة
        [two] ساعتان
        [few] { $count } ساعات
        [many] { $count } ساعة
       *[other] { $count } ساعة
    }
span-days =
    { $count ->
        [zero] { $count } يوم
        [one] يوم واحد
        [two] يومان
        [few] { $count } أيام
        [many] { $count } يومًا
       *[other] { $count } يوم
    }
notice-timer-off = رغبة { $name }: أن تبقى الرسائل.
notice-timer-off-mine = رغبتك: أن تبقى الرسائل.
notice-timer-seconds =
    { $count ->
        [zero] رغبة { $name }: أن تختفي الرسائل بعد { $count } ثانية.
        [one] رغبة { $name }: أن تختفي الرسائل بعد ثانية واحدة.
        [two] رغبة { $name }: أن تختفي الرسائل بعد ثانيتين.
        [few] رغبة { $name }: أن تختفي الرسائل بعد { $count } ثوانٍ.
        [many] رغبة { $name }: أن تختفي الرسائل بعد { $count } ثانية.
       *[other] رغبة { $name }: أن تختفي الرسائل بعد { $count } ثانية.
    }
notice-timer-seconds-mine =
    { $count ->
        [zero] رغبتك: أن تختفي الرسائل بعد { $count } ثانية.
        [one] رغبتك: أن تختفي الرسائل بعد ثانية واحدة.
        [two] رغبتك: أن تختفي الرسائل بعد ثانيتين.
        [few] رغبتك: أن تختفي الرسائل بعد { $count } ثوانٍ.
        [many] رغبتك: أن تختفي الرسائل بعد { $count } ثانية.
       *[other] رغبتك: أن تختفي الرسائل بعد { $count } ثانية.
    }
notice-timer-minutes =
    { $count ->
        [zero] رغبة { $name }: أن تختفي الرسائل بعد { $count } دقيقة.
        [one] رغبة { $name }: أن تختفي الرسائل بعد دقيقة واحدة.
        [two] رغبة { $name }: أن تختفي الرسائل بعد دقيقتين.
        [few] رغبة { $name }: أن تختفي الرسائل بعد { $count } دقائق.
        [many] رغبة { $name }: أن تختفي الرسائل بعد { $count } دقيقة.
       *[other] رغبة { $name }: أن تختفي الرسائل بعد { $count } دقيقة.
    }
notice-timer-minutes-mine =
    { $count ->
        [zero] رغبتك: أن تختفي الرسائل بعد { $count } دقيقة.
        [one] رغبتك: أن تختفي الرسائل بعد دقيقة واحدة.
        [two] رغبتك: أن تختفي الرسائل بعد دقيقتين.
        [few] رغبتك: أن تختفي الرسائل بعد { $count } دقائق.
        [many] رغبتك: أن تختفي الرسائل بعد { $count } دقيقة.
       *[other] رغبتك: أن تختفي الرسائل بعد { $count } دقيقة.
    }
notice-timer-hours =
    { $count ->
        [zero] رغبة { $name }: أن تختفي الرسائل بعد { $count } ساعة.
        [one] رغبة { $name }: أن تختفي الرسائل بعد ساعة واحدة.
        [two] رغبة { $name }: أن تختفي الرسائل بعد ساعتين.
        [few] رغبة { $name }: أن تختفي الرسائل بعد { $count } ساعات.
        [many] رغبة { $name }: أن تختفي الرسائل بعد { $count } ساعة.
       *[other] رغبة { $name }: أن تختفي الرسائل بعد { $count } ساعة.
    }
notice-timer-hours-mine =
    { $count ->
        [zero] رغبتك: أن تختفي الرسائل بعد { $count } ساعة.
        [one] رغبتك: أن تختفي الرسائل بعد ساعة واحدة.
        [two] رغبتك: أن تختفي الرسائل بعد ساعتين.
        [few] رغبتك: أن تختفي الرسائل بعد { $count } ساعات.
        [many] رغبتك: أن تختفي الرسائل بعد { $count } ساعة.
       *[other] رغبتك: أن تختفي الرسائل بعد { $count } ساعة.
    }
notice-timer-days =
    { $count ->
        [zero] رغبة { $name }: أن تختفي الرسائل بعد { $count } يوم.
        [one] رغبة { $name }: أن تختفي الرسائل بعد يوم واحد.
        [two] رغبة { $name }: أن تختفي الرسائل بعد يومين.
        [few] رغبة { $name }: أن تختفي الرسائل بعد { $count } أيام.
        [many] رغبة { $name }: أن تختفي الرسائل بعد { $count } يومًا.
       *[other] رغبة { $name }: أن تختفي الرسائل بعد { $count } يوم.
    }
notice-timer-days-mine =
    { $count ->
        [zero] رغبتك: أن تختفي الرسائل بعد { $count } يوم.
        [one] رغبتك: أن تختفي الرسائل بعد يوم واحد.
        [two] رغبتك: أن تختفي الرسائل بعد يومين.
        [few] رغبتك: أن تختفي الرسائل بعد { $count } أيام.
        [many] رغبتك: أن تختفي الرسائل بعد { $count } يومًا.
       *[other] رغبتك: أن تختفي الرسائل بعد { $count } يوم.
    }
`];export{e as default};