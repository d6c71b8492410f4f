"""Research at home and abroad, in words, each statement with the works that it rests on."""

from __future__ import annotations

from learningcity.report import Block, Value
from learningcity.standards import standard_tables
from learningcity.study.desk import Desk
from learningcity.study.parts import text


def review(desk: Desk) -> list[Block]:
    """Three paragraphs: abroad, the critics, and China."""
    works = standard_tables()["literature"].set_index("work_id")

    def at(*names: str) -> Value:
        return desk.sources([works.at[name, "source_ids"] for name in names if name in works.index])

    return [
        text(
            "Writing outside China grew out of lifelong learning and the learning region{region}. One line sees in the learning city a road to "
            "prosperity by way of human and social capital{capital}; another studies how a city learns in its daily life, where key people, "
            "transport and buildings count as much as programmes{daily}; a third turns urban data into indicators of who takes part, and "
            "where{data}. Single cities are told often, above all their neighbourhoods and partnerships{cases}; comparisons across countries are "
            "fewer, and hold up in East Asia a model built on community relations{asia}.",
            "国外研究由终身学习与学习型区域发展而来{region}，大致有三条线索：一是从人力资本与社会资本入手，视学习型城市为走向繁荣之路{capital}；"
            "二是考察城市在日常生活中如何学习，认为关键人物、交通与建筑的作用不亚于项目{daily}；三是把城市数据转化为指标，考察哪些人、在何处参与学习{data}。"
            "个案研究较多，尤以街区与伙伴关系为主{cases}；跨国比较较少，其中有研究指出东亚存在以社区关系为基础的模式{asia}。",
            region=at("morgan-1997", "nemeth-2014"), capital=at("longworth-renewing", "kearns-2012"),
            daily=at("facer-et-al-2018", "facer-buchczyk-2019-infrastructures"), data=at("lido-reid-osborne-2018", "lido-2019"),
            cases=at("osullivan-et-al-2016", "wheeler-tabbagh-2020", "nemeth-pecs-cork"), asia=at("han-makino-2013"),
        ),
        text(
            "A critical strand sees in the network, its indicators and its award a soft way of steering cities that joined of their own will{soft}, "
            "and asks for study that goes beyond the badge{badge}. It has empirical ground: in Korea more and better learning went along with "
            "inequality that tends to grow{korea}, and writing on learning in smart cities is strong on data and weak on pedagogy{smart}.",
            "批判性研究把教科文组织的网络、指标与奖项视为引导自愿加入城市的软性方式{soft}，主张研究不应止于“城市名片”{badge}。这一取向有其经验依据："
            "韩国的学习机会数量与质量均有提高，而终身教育的不平等仍有扩大之势{korea}；关于智慧城市学习的研究则重数据而轻教学{smart}。",
            soft=at("ecer-learning-cities"), badge=at("facer-buchczyk-2019-agenda"), korea=at("park-korea"),
            smart=at("brown-larionova-lally", "hammad-ludlow"),
        ),
        text(
            "Writing in Chinese came with the policy. It tells the stages of the lifelong learning system and disputes its meaning{stages}; asks what "
            "the local acts lack and why a national one has been long in coming{law}; designs credit banks and a qualifications framework{credit}; "
            "and finds community education short of money and of courses that are wanted{community}, education for older people narrow in "
            "coverage{older}. Abroad it looks for models, from Korea to Espoo and Stockholm{abroad}. One of the works read explains the criteria of the award "
            "and describes awarded cities by their background{award}; it is the nearest to the present study.",
            "国内研究与政策相伴而生：梳理终身学习体系的发展阶段并辨析其内涵{stages}；探讨地方条例的不足与全国性立法迟缓的原因{law}；"
            "设计学分银行与资历框架{credit}；指出社区教育经费不足、供需错位{community}，老年教育覆盖面窄{older}。在域外经验方面，由韩国到埃斯波、斯德哥尔摩均有专论{abroad}。"
            "所读文献中有一项阐释了该奖的评审标准，并从背景出发描述获奖城市{award}，与本研究最为接近。",
            stages=at("han-min-2019", "han-min-concept", "zeng-learning-society"), law=at("guo-gao-2019", "jin-lantao-2021", "national-legislation-2026"),
            credit=at("jiang-huang-2017", "wu-nanzhong-2018"), community=at("shao-luo-2023", "zhang-sun-supply-2019"),
            older=at("yu-zhou-older", "mao-hu-2017"), abroad=at("lin-an-korea", "wang-sun-cheng-2019", "liu-xu-stockholm-2018"),
            award=at("award-thesis"),
        ),
    ]  # fmt: skip
