"""The sentences of the page in both languages; ``{names}`` are filled from the tables."""

from learningcity import Text

STEPS = (
    (
        Text("Read", "阅读"),
        Text(
            "Public pages on {cities} cities were read in November 2026, in the end {sources} sources. A figure "
            "is kept as its page printed it; what a city did is told in our own words. Each row names its page, "
            "and each page its tier.",
            "2026年11月阅读了有关{cities}个城市的公开网页，共{sources}个来源。数据保留网页所载原样，"
            "城市的做法以我们自己的文字概述。每行均注明所据网页，每个网页均注明来源等级。",
        ),
    ),
    (
        Text("Code", "编码"),
        Text(
            "{coded} were coded by two passes that did not see each other: by which "
            "mechanism, on what subject, at which level, done or only planned, how strong the evidence is, and which "
            "themes, areas and groups it touches. Both passes were made by machine-assisted readers under one "
            "protocol. No human expert has coded yet.",
            "{coded}经两遍互不知情的编码：属于何种举措类别、什么主题、哪一层级，"
            "已实施还是仅在计划，证据强度如何，涉及哪些特征、领域与人群。"
            "两遍均由机器辅助阅读者按同一规程完成，目前尚无专家人工编码。",
        ),
    ),
    (
        Text("Count", "计入"),
        Text(
            "A score counts only practices that the city itself carries out or has carried out and that are about "
            "learning or education. Plans, reports of a lack, work of a higher government or of others are shown and "
            "not counted.",
            "得分仅计入由本市实施、与学习或教育有关的实践举措。计划、对不足的批评、上级政府或其他机构的工作均予列出，但不计入。",
        ),
    ),
    (
        Text("Score", "计分"),
        Text(
            "The strengths of what counts give the score of a condition by one rule, the same for all cities. Where "
            "nothing was read of a condition the score stays empty: not seen, and never zero.",
            "按照对所有城市一致的规则，由计入的实践举措的证据强度得出条件得分。未见某一条件的公开资料时，得分留空，绝不记为零。",
        ),
    ),
    (
        Text("Date", "判定时间"),
        Text(
            "A practice stands before, after or undated against the first award of its city: before, when it began in "
            "an earlier year than that of the award. Whatever speaks of how a city came to its award may use only "
            "those, here {before} of {practices}.",
            "实践举措相对于该城市首次获奖分为之前、之后或年份不详：起始年份早于获奖年份的为之前。"
            "凡论及城市如何走向获奖，只能使用获奖之前的举措，目前为{practices}项中的{before}项。",
        ),
    ),
    (
        Text("Choose a figure", "选用数据"),
        Text(
            "Where several figures of a city exist, a stated rule takes one: the city before its metropolitan area, the "
            "later year, then the better tier; doubtful sources and undated figures come last. The others stay beside it, "
            "and a figure of the country never steps in unasked.",
            "同一城市有多个数据时，按公开的规则选用：城市数据先于都市区数据，年份较近者优先，再看来源等级；"
            "存疑来源与未注年份的数据排在最后。其余数据一并保留；未经要求，绝不以国家数据代替。",
        ),
    ),
)  # fmt: skip

LIMITS = (
    Text(
        "Pages were seen by their openings only, {fewest} to {most} practices and {fewest_sources} to {most_sources} "
        "sources a city. Governance, funding and monitoring are under-represented. Look at the effort beside every score.",
        "网页仅读取开头部分；各城市实践举措{fewest}至{most}项，来源{fewest_sources}至{most_sources}个。"
        "治理、经费与监测方面的资料偏少。请同时查看每项得分旁的资料阅读量。",
    ),
    Text(
        "{undated} of {practices} practices ({share_undated}) have no start year, and {after} began in or after the year "
        "of the first award.",
        "{practices}项实践举措中有{undated}项（{share_undated}）没有起始年份，另有{after}项始于首次获奖当年及以后。",
    ),
    Text(
        "Nearly every city was seen to have these conditions, so that they hardly tell cities apart: {everywhere}.",
        "以下条件几乎每个城市都有公开资料，难以据此区分城市：{everywhere}。",
    ),
    Text(
        "{undated_facts} of {facts} facts have no year on their page. In {conflicts} places sources disagree; that so few "
        "were found says that most figures were seen only once.",
        "{facts}条事实数据中有{undated_facts}条所据网页未注年份。来源不一致之处有{conflicts}处；"
        "数量之少，说明多数数据仅见于一处。",
    ),
    Text(
        "{secondary} of {sources} sources are secondary, and {doubtful} doubtful. Doubtful addresses are printed as text "
        "and never linked.",
        "{sources}个来源中有{secondary}个为二手来源，{doubtful}个为存疑来源。存疑来源的网址仅以文字列出，不设链接。",
    ),
    Text(
        "Only what stands open on the web was read; what stands in closed or unlisted documents alone was not seen.",
        "阅读以公开可见的网页为限；仅载于非公开或未收录文件中的内容未能见到。",
    ),
    Text(
        "The wording, numbering and count of the {features} features and {measurements} measurements are not confirmed "
        "against the published document; they are a working set in our own words.",
        "{features}项特征和{measurements}项测量指标的文字、编号与数量未经与正式出版文件核实，系我们自己的概述，供工作使用。",
    ),
)  # fmt: skip

CLAIMS = (
    (
        Text("Not seen is not absent.", "未见不等于不存在。"),
        Text(
            "A missing row means that no public evidence was read. It is never zero and never “does not exist”.",
            "没有记录仅表示未见公开资料，既不是零，也不表示不存在。",
        ),
    ),
    (
        Text("No contrast of awarded and unawarded cities.", "不得比较获奖与未获奖城市。"),
        Text(
            "{awarded} of the {cities} coded cities were awarded; {rest}.",
            "已编码的{cities}个城市中有{awarded}个获奖；{rest}。",
        ),
    ),
    (
        Text("Nothing is causal.", "不得作因果推断。"),
        Text(
            "Mechanisms and themes are read off the same practices, and many practices began after the award or have no year.",
            "举措类别与呈现的特征取自同一批实践举措，且许多实践举措始于获奖之后或没有年份。",
        ),
    ),
    (
        Text("Agreement is not truth.", "编码一致不等于正确。"),
        Text(
            "Two passes of one protocol that agree show that the protocol is clear. No human expert has coded yet.",
            "按同一规程完成的两遍编码相互一致，仅说明规程清楚；目前尚无专家人工编码。",
        ),
    ),
    (
        Text("A score is no grade of a city.", "得分不是对城市的评级。"),
        Text(
            "It says how strong the public evidence is that was read, not how good the city is. Cities are not ranked by it.",
            "得分反映所读公开资料的证据强度，而非城市的优劣，不据此对城市排名。",
        ),
    ),
    (
        Text("Country figures are context.", "国家数据仅作背景。"),
        Text(
            "They are never a city's own. {incomparable} of {indicators} indicators are not comparable: they are shown with "
            "their city and never ranked.",
            "国家数据绝不作为城市自身数据。{indicators}项指标中有{incomparable}项不可比，仅随城市显示，不作排名。",
        ),
    ),
    (
        Text("The award is neither a label nor a certification.", "该奖项既非标签，亦非认证。"),
        Text("Cities are awarded, by the rules of their round.", "城市系按当届评选规则获奖。"),
    ),
)  # fmt: skip

LICENCES = (
    Text(
        "Our texts (summaries of practices, definitions, portraits, translations): Creative Commons Attribution 4.0 "
        "(CC BY 4.0), “The learningcity maintainers”. Code: MIT.",
        "我们撰写的文字（实践举措概述、定义、城市画像、译文）采用知识共享署名4.0（CC BY 4.0）许可。代码采用MIT许可。",
    ),
    Text(
        "Facts and figures belong to nobody as such. Each row names its source, and the terms of that source hold: cite the "
        "source with the figure.",
        "事实与数据本身不属于任何人。每行注明来源，并适用该来源的条款：引用数据时请同时注明来源。",
    ),
    Text(
        "No page is reproduced; only figures stand as their page printed them. The {statistical} statistical sources came "
        "through public copies, and terms of their producers are still to be confirmed.",
        "未复制任何网页，仅数据照录网页所载原样。{statistical}个统计来源经公开镜像取得，其生产者的条款仍有待确认。",
    ),
)  # fmt: skip

ACCESSIBLE = (
    Text(
        "Every page works by keyboard alone, without scripts and without cookies, and has a link that skips to the content; "
        "the place of the keyboard is always seen.",
        "所有页面均可仅用键盘操作，不使用脚本，也不使用Cookie；设有跳至正文的链接，键盘焦点始终可见。",
    ),
    Text(
        "Headings outline each page, every map has its table, colour never speaks alone, and each page has a light, a dark "
        "and a printed form.",
        "各页标题层次分明，每幅示意图均附表格，不以颜色作为唯一提示，并提供浅色、深色与打印样式。",
    ),
    Text(
        "The pages are held automatically against the rules of WCAG 2.2, levels A and AA, as far as a program can tell them.",
        "各页面按《网页内容无障碍指南》2.2版A级与AA级中可由程序检验的规则自动检查。",
    ),
)  # fmt: skip

LACKING = (
    Text(
        "People who rely on screen readers or other aids have not tested it yet. That would tell more than any program.",
        "尚未由依赖读屏软件或其他辅助技术的使用者实际测试，而实际测试比任何程序检查都更能说明问题。",
    ),
    Text(
        "Titles and addresses of sources stand in their own language, which is not always marked; the pages that sources lead "
        "to are not ours.",
        "来源的标题与网址保留原文，其语言未能一一标注；来源链接所指向的网页不属于本站。",
    ),
)  # fmt: skip

OWN_DATA = (
    Text(
        "Your own cities, figures, practices and sources can be laid over the shipped tables, from Excel, WPS or CSV. They stay "
        "on your machine, and every page marks what you added.",
        "可从Excel、WPS或CSV带入自有的城市、数据、实践举措与来源，叠加在随附数据之上。"
        "这些数据仅保存在您的计算机上，各页面均标明用户自有内容。",
    ),
    Text(
        "An empty workbook with notes on every column, then a check that names each row and its remedy, then the site anew:",
        "先取得附有各列说明的空白工作簿，填写后校验（逐行指明问题与改正办法），再重新打开网站：",
    ),
)  # fmt: skip

COMMANDS = (
    "learningcity atlas template --out my-city.xlsx",
    "learningcity atlas add my-city.xlsx --dry-run",
    "learningcity atlas add my-city.xlsx",
    "learningcity serve",
)

INDEPENDENT = (
    Text(
        "This is an independent work. It is not affiliated with UNESCO or its institutes, which have neither made nor checked "
        "nor endorsed it. Official is only what UNESCO publishes itself; the wording in both languages is ours.",
        "本图谱系独立成果，与联合国教科文组织及其所属机构没有隶属关系，亦未经其编制、审核或认可。"
        "一切以联合国教科文组织自行发布的内容为准；中英文表述均由我们撰写。",
    ),
)  # fmt: skip
