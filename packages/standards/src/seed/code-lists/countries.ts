import { codesOf, listOf } from '../list-of.ts'

/** Countries and regions that registers meet most; the whole list is imported from a file. */
export const COUNTRIES = listOf('GB2659', '世界各国和地区名称代码', 'Countries and regions', 'GB/T 2659', codesOf(`CHN 中国=156=CN=中华人民共和国=China
HKG 中国香港=344=HK=香港=Hong Kong, China
MAC 中国澳门=446=MO=澳门=Macao, China
TWN 中国台湾=158=TW=台湾=Taiwan, China
AFG 阿富汗=004=AF
ARE 阿联酋=784=AE=阿拉伯联合酋长国
ARG 阿根廷=032=AR
ARM 亚美尼亚=051=AM
AUS 澳大利亚=036=AU=Australia
AUT 奥地利=040=AT
AZE 阿塞拜疆=031=AZ
BEL 比利时=056=BE
BGD 孟加拉国=050=BD
BGR 保加利亚=100=BG
BLR 白俄罗斯=112=BY
BOL 玻利维亚=068=BO
BRA 巴西=076=BR=Brazil
BRN 文莱=096=BN
BTN 不丹=064=BT
CAN 加拿大=124=CA=Canada
CHE 瑞士=756=CH=Switzerland
CHL 智利=152=CL
CMR 喀麦隆=120=CM
COL 哥伦比亚=170=CO
CUB 古巴=192=CU
CYP 塞浦路斯=196=CY
CZE 捷克=203=CZ
DEU 德国=276=DE=Germany
DNK 丹麦=208=DK
DZA 阿尔及利亚=012=DZ
ECU 厄瓜多尔=218=EC
EGY 埃及=818=EG
ESP 西班牙=724=ES=Spain
EST 爱沙尼亚=233=EE
ETH 埃塞俄比亚=231=ET
FIN 芬兰=246=FI
FRA 法国=250=FR=France
GBR 英国=826=GB=United Kingdom
GEO 格鲁吉亚=268=GE
GHA 加纳=288=GH
GRC 希腊=300=GR
HRV 克罗地亚=191=HR
HUN 匈牙利=348=HU
IDN 印度尼西亚=360=ID=Indonesia
IND 印度=356=IN=India
IRL 爱尔兰=372=IE
IRN 伊朗=364=IR
IRQ 伊拉克=368=IQ
ISL 冰岛=352=IS
ISR 以色列=376=IL
ITA 意大利=380=IT=Italy
JOR 约旦=400=JO
JPN 日本=392=JP=Japan
KAZ 哈萨克斯坦=398=KZ
KEN 肯尼亚=404=KE
KGZ 吉尔吉斯斯坦=417=KG
KHM 柬埔寨=116=KH
KOR 韩国=410=KR=大韩民国=Republic of Korea
KWT 科威特=414=KW
LAO 老挝=418=LA
LBN 黎巴嫩=422=LB
LKA 斯里兰卡=144=LK
LTU 立陶宛=440=LT
LUX 卢森堡=442=LU
LVA 拉脱维亚=428=LV
MAR 摩洛哥=504=MA
MDV 马尔代夫=462=MV
MEX 墨西哥=484=MX
MMR 缅甸=104=MM
MNG 蒙古=496=MN=蒙古国
MYS 马来西亚=458=MY=Malaysia
NGA 尼日利亚=566=NG
NLD 荷兰=528=NL=Netherlands
NOR 挪威=578=NO
NPL 尼泊尔=524=NP
NZL 新西兰=554=NZ
OMN 阿曼=512=OM
PAK 巴基斯坦=586=PK=Pakistan
PAN 巴拿马=591=PA
PER 秘鲁=604=PE
PHL 菲律宾=608=PH=Philippines
POL 波兰=616=PL
PRK 朝鲜=408=KP
PRT 葡萄牙=620=PT
QAT 卡塔尔=634=QA
ROU 罗马尼亚=642=RO
RUS 俄罗斯=643=RU=俄罗斯联邦=Russia
SAU 沙特阿拉伯=682=SA=沙特
SGP 新加坡=702=SG=Singapore
SRB 塞尔维亚=688=RS
SVK 斯洛伐克=703=SK
SVN 斯洛文尼亚=705=SI
SWE 瑞典=752=SE
SYR 叙利亚=760=SY
THA 泰国=764=TH=Thailand
TJK 塔吉克斯坦=762=TJ
TKM 土库曼斯坦=795=TM
TUR 土耳其=792=TR
TZA 坦桑尼亚=834=TZ
UKR 乌克兰=804=UA
URY 乌拉圭=858=UY
USA 美国=840=US=United States
UZB 乌兹别克斯坦=860=UZ
VEN 委内瑞拉=862=VE
VNM 越南=704=VN=Viet Nam
YEM 也门=887=YE
ZAF 南非=710=ZA
ZMB 赞比亚=894=ZM
ZWE 津巴布韦=716=ZW`), { partial: true })
