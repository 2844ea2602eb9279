import { codesOf, listOf, namesOf } from '../list-of.ts'

const INSURANCES = listOf('INSURANCE-KIND', '社会保险险种类型', 'Kinds of social insurance', '社会保险业务代码（LD/T 系列）', codesOf(`110 企业职工基本养老保险=职工基本养老保险=城镇职工基本养老保险=养老保险
120 机关事业单位基本养老保险=机关事业单位养老保险
170 城乡居民基本养老保险=居民养老保险=城乡居民养老保险
210 失业保险
310 职工基本医疗保险=城镇职工基本医疗保险=医疗保险
390 城乡居民基本医疗保险=居民医疗保险=城镇居民基本医疗保险
410 工伤保险
510 生育保险`))

const VEHICLE_USES = listOf('VEHICLE-USE', '机动车使用性质代码', 'Uses of vehicles', 'GA/T 16.3', codesOf(`A 非营运
B 公路客运
C 公交客运
D 出租客运=出租
E 旅游客运
F 货运
G 租赁
H 警用
I 消防
J 救护
K 工程救险
L 营转非
M 出租转非
N 教练
O 幼儿校车
P 小学生校车
Q 其他校车
R 危险品运输=危化品运输`))

const FUELS = listOf('FUEL', '机动车燃料种类代码', 'Fuels', 'GA/T 16.9', codesOf(`A 汽油
B 柴油
C 电=纯电动
D 混合油
E 天然气
F 液化石油气
L 甲醇
M 乙醇
N 太阳能
O 混合动力=油电混合动力=插电式混合动力
Y 无
Z 其他`))

const PENALTIES = '《中华人民共和国行政处罚法》第九条'
const YES_NO = listOf('YES-NO', '是否', 'Yes or no', '本市业务用语', codesOf(`0 否=无=N=False=No
1 是=有=Y=True=Yes`))

const RECORD_STATES = listOf('RECORD-STATUS', '信用信息当前状态', 'States of published decisions', '行政许可和行政处罚等信用信息公示数据标准', codesOf(`1 有效=正常
2 无效
0 撤销
3 注销=异议`))

export const SERVICE_LISTS = [
  INSURANCES, VEHICLE_USES, FUELS, YES_NO, RECORD_STATES,
  listOf('HJ633', '空气质量指数级别', 'Grades of air quality', 'HJ 633-2012', codesOf('1 优=一级\n2 良=二级\n3 轻度污染=三级\n4 中度污染=四级\n5 重度污染=五级\n6 严重污染=六级'), { sure: true, label: '2012' }),
  listOf('GB3838', '地表水水质类别', 'Classes of surface water', 'GB 3838-2002', codesOf('Ⅰ Ⅰ类=1=一类\nⅡ Ⅱ类=2=二类\nⅢ Ⅲ类=3=三类\nⅣ Ⅳ类=4=四类\nⅤ Ⅴ类=5=五类\n劣Ⅴ 劣Ⅴ类=6=劣五类'), { sure: true, label: '2002' }),
  namesOf('INSURANCE-STATUS', '参保状态', 'States of insurance', '正常参保=参保=正常 暂停参保=暂停 终止参保=终止 未参保'),
  namesOf('CONTRIBUTION-STATUS', '缴费状态', 'States of contribution', '正常缴费=参保缴费=正常 暂停缴费=中断缴费=欠费 终止缴费 领取待遇=待遇领取=退休'),
  namesOf('ACCOUNT-STATUS', '账户状态', 'States of accounts', '正常 封存 冻结 转出 销户 挂失'),
  namesOf('NEED-CAUSE', '致困原因', 'Causes of need', '因病=疾病 因残=残疾 因学 因灾 因婚 缺劳动力=缺乏劳动力 失业 缺技术 缺资金 年老 其他'),
  namesOf('LICENCE-STATUS', '证照状态', 'States of licences', '有效=正常 过期=到期 注销 吊销 撤销 暂扣 冻结 作废'),
  namesOf('FOOD-BUSINESS', '食品经营主体业态', 'Kinds of food business', '食品销售经营者 餐饮服务经营者 单位食堂 集中用餐单位食堂', '《食品经营许可和备案管理办法》'),
  namesOf('PERMIT-KIND', '行政许可类别', 'Kinds of permits', '普通 特许 认可 核准 登记 其他', '行政许可和行政处罚等信用信息公示数据标准'),
  namesOf('PENALTY-KIND', '行政处罚种类', 'Kinds of penalties', '警告 通报批评 罚款 没收违法所得 没收非法财物 罚款、没收违法所得 暂扣许可证件 降低资质等级 吊销许可证件 限制开展生产经营活动 责令停产停业 责令关闭 限制从业 行政拘留 列入经营异常名录 其他', PENALTIES),
  namesOf('CASE-STATUS', '办理状态', 'States of cases', '待受理 已受理=受理 办理中=在办=处理中 补正 已办结=办结=完成 不予受理 退回 撤回'),
  namesOf('JOINT-OWNERSHIP', '共有方式', 'Ways of ownership', '单独所有=单独 共同共有 按份共有 其它共有=其他共有', '不动产登记数据库标准（试行）'),
  namesOf('BUILDING-USE', '房屋用途', 'Uses of buildings', '住宅=成套住宅=非成套住宅=居住 商业=商业服务=商铺=商服 办公=办公用房=写字楼 工业=厂房 仓储=仓库 车库=车位=地下车库 教育 医疗 其他'),
  namesOf('VEHICLE-STATUS', '机动车状态', 'States of vehicles', '正常 转出 被盗抢 停驶 注销 违法未处理 海关监管 事故未处理 嫌疑车 查封 暂扣 强制注销 逾期未检验 报废 达到报废标准'),
  namesOf('HOSPITAL-GRADE', '医院等级', 'Grades of hospitals', '三级特等 三级甲等 三级乙等 三级丙等 三级 二级甲等 二级乙等 二级丙等 二级 一级甲等 一级乙等 一级丙等 一级 未定级=未评级'),
  namesOf('SCHOOL-KIND', '办学类型', 'Kinds of schools', '幼儿园 小学 教学点 初级中学=初中 九年一贯制学校 高级中学=高中 完全中学 十二年一贯制学校 职业高中 中等职业学校=中等专业学校=中职 技工学校 特殊教育学校 专门学校 高等学校=普通高等学校'),
  namesOf('SCHOOL-NATURE', '办学性质', 'Public or private schools', '公办 民办 中外合作办学=中外合作'),
]
