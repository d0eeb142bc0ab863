"""The words Chinese addresses are made of, as pieces of regular expressions.

Every piece is bounded, so that whatever is built from them takes linear time.
"""

from __future__ import annotations

import re

NAME_CHARACTER = (
    r"[^\x00-\x40\x5b-\x60\x7b-\u33ff\uff00-\uffef"
    r"的了住被将已未为是有无我他她其该此拒逃查扣押租购买卖给让对在到从等]"
)
"""A character of a place name: function words and verbs that only stand between places are out."""

END = r"(?=[^\u3400-\u9fff]|[的内处旁]|附近|家中|门口|楼下|$)"
"""Where a place name without a number ends."""
_P = NAME_CHARACTER
_SIDE = r"[东西南北中]"
NUMBER = (
    r"(?:[A-Za-z]{0,2}[0-9]{1,5}[A-Za-z甲乙丙丁戊]?|[甲乙丙丁]?[一二三四五六七八九十百零〇两]{1,6}"
    r"|[甲乙丙丁戊][0-9]{0,4}|[东西南北中]{1,2}|[A-Za-z])"
)
_COUNTED = NUMBER.replace("|[东西南北中]{1,2}", "")
DASHED = (
    r"(?!(?:19|20)[0-9]{2}-[0-9]{1,2}-[0-9])[甲乙丙丁]?[0-9A-Za-z]{1,4}[#甲乙丙丁]?"
    r"(?:号?[\-/][0-9A-Za-z甲乙丙丁]{1,5}#?){1,4}(?:号(?!楼|院)|室|户|房)?(?![0-9A-Za-z\-]|[月日]|号[楼院]|栋|幢|座|单元)"
)
ROAD = r"(?:大街|大道|街道|街|(?<![铁公网水])路|巷|胡同|弄|里弄|公路|道(?=[0-9]))"
"""A street that a number follows."""
NAMED_ROAD = (
    r"(?:大街|大道|路(?<![铁公道马网水思套出销退活生走条半沿顺同短断]路)(?![口边上段程途人过费面灯径况权])"
    r"|街(?![道坊头上边区面舞景])|胡同|巷(?!子里)|里弄|弄堂)"
)
"""A street that only its name announces."""
TOWN = (
    r"(?:街道(?:办事处|办)?|办事处|镇(?![长政痛静定压守企市江]|[平远宁海原]县)(?!(?<=城镇)[居职工化医就])"
    r"|乡(?<![城返家故回老同他异还]乡)(?![长政亲下村音市])|苏木|(?:农|林|牧|渔|盐|原种|良种)场)"
)
VILLAGE = (
    r"(?:行政村|自然村|村(?:民委员会|委会)?(?![官民长镇乡级干规办支务])|屯(?![兵粮积区昌留溪])|嘎查"
    r"|社区(?![矫医卫服戒民工])(?:居(?:民)?委(?:员)?会)?|居(?:民)?委(?:员)?会|营子|窝堡|窝棚|甸子)"
)
LANE = (
    r"里(?<![公这那哪城家手院乡店屋车邻夜心眼县海万故会校厂局]里)"
    r"(?=[0-9甲乙丙丁（(，。、；\s的]|小区|$)"
)
"""得胜里, 新兴里: a block of old flats."""
ESTATE = (
    r"(?:小区|花园|家园|新村|公寓|大厦|广场|嘉园|名苑|雅苑|别墅|山庄|宿舍楼?|家属楼|家属院|家属区|花苑|华庭|"
    r"新城|公馆|豪庭|花都|名都|佳苑|丽都|景苑|安置房|回迁楼|商住楼|教工楼|大院|华府|华城|花城|国际城|滨海城"
    r"|科技园|工业园区?|产业园区?|产业基地|物流园区?|创业园|住宅区|棚户区|平房区)"
)
_UNIT = (
    r"(?:号楼|号院|号房(?![屋产])间?|号门市|号网点|号(?![令文案线公])|#楼?|幢|栋|座|单元|层|楼|室|户|门(?!前)|门市"
    r"|[组队社连](?![成建伍长员会区保交织])|弄|期|区|排|房(?![屋产])|院|段|巷|胡同)"
)
DOOR = (
    rf"(?:{_SIDE}{{1,2}}(?:[门房院户屋]{END}|单元|段|栋|座|楼|[排期区])|第?(?:{_COUNTED}|{DASHED})\s?(?:村民)?小?{_UNIT}"
    rf"|{_SIDE}{{1,2}}(?:侧|边|数第?{NUMBER}[户家间门]|[一二三四五六七八九十0-9]{{1,3}}[户家间米]|[0-9]{{1,4}}米)"
    rf"|附[0-9]+号?|增[0-9]+号|之[0-9一二三四五六七八九十]{{1,2}})"
)
"""One part of an address below the street: a house, building, floor, group or room."""
ANNEX = (
    r"(?:地下室?|车库|底商|门市房?|网点|商铺|商网|平房(?:[一二三四五六七八九十两0-9]{1,3}间)?|自建房"
    r"|顶楼|阁楼|临街|对面|交[汇叉](?:处|口)?|丁字路口|路口"
    rf"|路?{_SIDE}{{1,2}}(?![\u4e00-\u9fff])|{_SIDE}(?:侧|首|头|段|户))"
)
"""What ends an address without a number."""
HAMLET = r"(?:洼子|洼|沟里|沟|屯|甸|坨|岗|堡子|堡|营|寨|湾|岭|坡|塘|坳|冲|墟|庄|峪|川|塬|垭)"
"""Endings of the names of hamlets, which count only at the end of a phrase."""
VAGUE = (
    r"高档|普通|豪华|高级|单身|廉租|公租|经济|一[处套间栋]|某(?!小区|村|街|路|里)|该|本|自|其|同一|当地|农村|城镇|城乡|乡镇|村镇"
    r"|[各全多两几每这那]|不|地址|所属|附近"
)
"""What makes an estate or a village no particular one: 租住高档公寓."""
CUE = re.compile(
    r"居住于|居住在|现居住?|居住|暂住于?|租住于?|租住在|家住|家在|现住址?|住所地?|住址[系为]?|户籍所?在?地?|户籍|经常居住地|地址"
    r"|位于|坐落[于在]?|座落[于在]?|住在|住于|所在地|送达地址|收货地址|通讯地址|家庭|寄[往到至]|送[至到]|搬[至到]|迁[至到往]"
    r"|窜至|来到|前往|住(?<![\u3400-\u9fff]住)|名下的?|所有的|占有的|房屋|房产|购买|购置|购得|承租|租赁|租用"
    r"|查封|扣押|冻结|拍卖|变卖|出售|出租|登记在|为(?=[\u4e00-\u9fff]{2,8}[省市区县])|是(?=[\u4e00-\u9fff]{2,8}[省市区县])"
)
WEAK_CUE = re.compile(
    r"在|至|到|往|赴|去|回|从|住|的|系|及|于(?!家|洪|台|屯|沟)|与|和(?![平谐顺美睦兴风])|向(?![阳荣前上])|由(?!家)|将|被|为|是"
)
PUBLIC_BODY = (
    r"(?:法院|检察院|政府|派出所|公安局|分局|仲裁委员会|不动产登记中心|税务局|司法局|民政局|法庭)"
)
_NO_VERB = r"(?:(?![到向在被经由去至从前来其的，]|及|并|处)[\u4e00-\u9fff])"
ORGANISATION_AFTER = re.compile(
    rf"{_NO_VERB}{{0,6}}?(?:人民政府|政府|派出所|公安|人民法庭|法庭|信用社|银行|支行|分行|卫生院|医院|中学|小学|学校|公司"
    r"|合作社|司法所|税务所|管委会|工商所|大队|支队|中队|检察院|法院|协会|经营部|商店|加油站)"
    rf"|{_NO_VERB}{{0,9}}?(?:人民法院|中级法院|人民检察院|人民政府|人民法庭|公安局|派出所)"
)
_INNER = (
    r"(?:苏家屯|新乡|萍乡|桐乡|宁乡|景德镇|镇江|镇(?=.[县区])|屯(?=.[县区])|乡(?=.县)|路(?=[南北桥]区)"
    r"|[^\x00-\u33ff\uff00-\uffef路街镇乡村屯巷省市县区旗住])"
)
"""A character of a division's name; words of streets and villages only where a division has one."""
_CITY = (
    r"市(?:(?<![超门夜集]市)|(?<=[厦江荆天玉]门市))(?![场政民委府]|花园|广场|酒店|家园|公寓|绿洲)"
)
_ADMIN = re.compile(
    rf"(?:新疆生产建设兵团(?:第[一二三四五六七八九十]{{1,2}}师)?|(?:香港|澳门)(?:特别行政区)?"
    rf"|{_INNER}{{2,8}}?(?:省|自治区))?"
    rf"(?:{_INNER}{{1,10}}?(?:{_CITY}(?!区)|自治州|地区|盟))?"
    rf"(?:{_INNER}{{0,10}}(?:开发|高新|新|管理|合作|示范|矿|经济|保税)区|市[南北中]?区"
    rf"|{_INNER}{{1,8}}?(?:市区|区(?<![小园社片校库厂宅活属景苑住]区)(?<![园苑城庭湾府][东西南北中新老一二三四五六七八九0-9A-Za-z]区)"
    rf"|自治县|县(?![城道])|{_CITY}|自治旗|旗(?<!红旗))"
    rf"|(?:鲅鱼圈|盖州|大石桥|老边|站前|西市)(?={_INNER}{{1,6}}(?:街道|办事处|镇|乡|村|大街|路|小区|花园)))?"
)


def district_of(address: str) -> str:
    """The part of an address that may stay: province, city, district. "" where none is named."""
    match = _ADMIN.match(address)
    return match.group() if match else ""


def below_district(address: str) -> str:
    """The part of an address that may not stay; all of it where no district is named."""
    return address[len(district_of(address)) :]
