# واجهة الطرفية (kith tui).

tui-no-terminal = يحتاج 'kith tui' إلى طرفية لشاشته.
tui-no-terminal-hint = الأنسب للبرامج وقارئات الشاشة 'kith log NAME --follow'، ومعه --json عند الحاجة.
tui-terminal = يتعذّر استعمال الطرفية: { $why }.
tui-terminal-hint = جرّب طرفية أخرى أو الأوامر الأخرى: 'kith --help'.
tui-nobody = لا أحد بعد.
tui-nobody-text = أضف أحدًا بالأمر 'kith invite NAME'، أو افتح البداية في متصفح بالمفتاح o.
tui-choose = اختر أحدًا بالأسهم ثم Enter.
tui-no-contact = لا توجد جهة اتصال باسم { $name }.
tui-too-small = كبِّر هذه النافذة.
tui-older = تُقرأ الرسائل الأقدم
tui-new-below =
    { $count ->
        [zero] لا رسائل جديدة في الأسفل
        [one] رسالة جديدة واحدة في الأسفل
        [two] رسالتان جديدتان في الأسفل
        [few] { $count } رسائل جديدة في الأسفل
        [many] { $count } رسالة جديدة في الأسفل
       *[other] { $count } رسالة جديدة في الأسفل
    }
tui-waits = ما ترسله ينتظر هنا جهاز { $name }.
tui-unsure = توقف Kith قبل أن يقول إن كان هذا محفوظًا. انظر إن كان ظاهرًا أعلاه قبل أن ترسله مرة أخرى.
tui-opened = فُتح في المتصفح.
tui-not-opened = لا سطح مكتب هنا. يفتحه هذا مرة واحدة خلال دقيقة: { $url }
tui-search-found =
    { $count ->
        [0] لم يُعثر على شيء
        [zero] لم يُعثر على شيء
        [one] عُثر على رسالة واحدة
        [two] عُثر على رسالتين
        [few] عُثر على { $count } رسائل
        [many] عُثر على { $count } رسالة
       *[other] عُثر على { $count } رسالة
    }
tui-no-edit = لا يمكن تعديل هذه الرسالة.
tui-no-pins = لا شيء مثبّت.
tui-delete-both = حذف لدى الطرفين
tui-delete-waiting = لم تغادر أي نسخة: لن تُسلَّم أبدًا.
tui-weekday-1 = الاثنين
tui-weekday-2 = الثلاثاء
tui-weekday-3 = الأربعاء
tui-weekday-4 = الخميس
tui-weekday-5 = الجمعة
tui-weekday-6 = السبت
tui-weekday-7 = الأحد

## Keys

tui-keys-list = في القائمة
tui-keys-conversation = في المحادثة
tui-keys-message = مع رسالة
tui-keys-writing = أثناء الكتابة
tui-key-move = تنقّل
tui-key-open = فتح
tui-key-find = البحث عن أحد
tui-key-browser = في المتصفح
tui-key-keys = هذه المفاتيح
tui-key-quit = مغادرة
tui-key-pick = اختيار رسالة
tui-key-pin = تثبيت أو إلغاؤه
tui-key-send = إرسال
tui-key-newline = سطر جديد
tui-key-scroll = تمرير
tui-key-latest = الأحدث
tui-key-search = البحث عن رسالة
tui-key-next = التالي، السابق
tui-key-back = رجوع
tui-key-word = كلمة كلمة
tui-key-edges = طرفا السطر
tui-key-erase = محو كلمة، سطر
