import { elementsOf } from '../element-of.ts'

/** Of real estate. */
const PROPERTY = elementsOf('property', '08', '不动产登记数据库标准（试行）', [
  ['001', '不动产权证号', 'Number of the title', 'C..100', '不动产权证书的编号。', { also: '不动产权证书号 产权证号 房产证号 不动产权证书编号 权证号' }],
  ['002', '不动产登记证明号', 'Number of the certificate of registration', 'C..100', '不动产登记证明的编号。', { also: '登记证明号 抵押证明号 他项权证号' }],
  ['003', '不动产单元号', 'Unit number', 'C28', '不动产单元的代码，二十八位。', { also: '不动产单元代码 不动产单元编号 property_unit_no', from: 'GB/T 37346-2019', sure: true }],
  ['004', '权利人', 'Holder of the right', 'C..200', '享有不动产或其他财产权利的主体的名称。', { also: '权利人名称 产权人 权利人姓名 抵押人 抵押权人 所有人 owner' }],
  ['005', '共有人', 'Joint holder', 'C..200', '共同享有权利的其他主体的名称。', { also: '共有权人 joint_owner' }],
  ['006', '共有情况', 'Way of ownership', 'C..20', '不动产的共有方式。', { also: '共有方式 共有类型', list: 'JOINT-OWNERSHIP' }],
  ['007', '不动产坐落', 'Location of the property', 'C..200', '不动产所在的位置。', { also: '坐落 房屋坐落 坐落位置 房屋地址 property_location', kinds: 'address' }],
  ['008', '房屋用途', 'Use of the building', 'C..30', '房屋登记的用途。', { also: '规划用途 建筑用途 房屋规划用途', list: 'BUILDING-USE' }],
  ['009', '建筑面积', 'Floor area', 'n..14,2', '房屋的建筑面积。', { also: '房屋建筑面积 建筑总面积 floor_area', unit: '平方米', range: [0, null] }],
  ['010', '土地面积', 'Area of land', 'n..16,2', '宗地的面积。', { also: '宗地面积 使用权面积 占地面积 land_area', unit: '平方米', range: [0, null] }],
  ['011', '权利类型', 'Kind of right', 'C..60', '不动产权利的类型。', { also: '不动产权利类型 产权类型' }],
  ['012', '被担保债权数额', 'Amount secured', 'n..18,6', '抵押所担保的主债权的数额。', { also: '债权数额 担保金额 抵押金额 被担保主债权数额', unit: '万元', range: [0, null] }],
  ['013', '债务履行起始日期', 'Debt from', 'YYYYMMDD', '债务履行期限开始的日期。', { also: '债务履行期限起 债务起始日期 抵押开始日期' }],
  ['014', '债务履行结束日期', 'Debt until', 'YYYYMMDD', '债务履行期限结束的日期。', { also: '债务履行期限止 债务结束日期 抵押结束日期' }],
])

/** Of motor vehicles and transport. */
const VEHICLE = elementsOf('vehicle', '09', 'GA/T 16 系列、交通运输数据元', [
  ['001', '号牌号码', 'Plate', 'C..15', '机动车号牌上的号码。', { also: '车牌号 车牌号码 车牌 车辆号牌 plate plate_no hphm', kinds: 'plate' }],
  ['002', '车辆识别代号', 'Vehicle identification number', 'C17', '世界唯一的车辆标识，十七位。', { also: '车架号 车辆识别代码 vin vehicle_id', from: 'GB 16735', sure: true }],
  ['003', '车辆类型', 'Kind of vehicle', 'C..30', '机动车的类型。', { also: '机动车类型 车型 车辆种类 vehicle_type' }],
  ['004', '使用性质', 'Use of the vehicle', 'C..20', '机动车的使用性质。', { also: '车辆使用性质 机动车使用性质 vehicle_use', list: 'VEHICLE-USE' }],
  ['005', '燃料种类', 'Fuel', 'C..20', '机动车使用的燃料或能源的种类。', { also: '燃料类型 能源种类 动力类型 fuel fuel_type', list: 'FUEL' }],
  ['006', '初次登记日期', 'First registered', 'YYYYMMDD', '机动车首次注册登记的日期。', { also: '注册登记日期 初次注册日期' }],
  ['007', '机动车状态', 'State of the vehicle', 'C..20', '机动车的状态。', { also: '车辆状态 vehicle_status', list: 'VEHICLE-STATUS' }],
  ['008', '发动机号', 'Engine number', 'C..40', '发动机的编号。', { also: '发动机号码 engine_no' }],
  ['009', '泊位数', 'Parking spaces', 'n..6', '停车位的数量。', { also: '车位数 停车位数 总泊位数 泊位总数 总车位数 parking_spaces', unit: '个', range: [0, null] }],
  ['010', '停车场名称', 'Car park', 'C..100', '停车场的名称。', { also: '停车点名称 parking_name' }],
  ['011', '线路名称', 'Line', 'C..60', '公共交通线路的名称。', { also: '线路 公交线路 线路号 route_name line' }],
  ['012', '站点名称', 'Stop', 'C..60', '公共交通站点的名称。', { also: '站名 公交站名 车站名称 stop_name station' }],
])

/** Of taxes and public money. */
const MONEY = [...elementsOf('tax', '10', '税务数据元（本市）', [
  ['001', '纳税人识别号', 'Taxpayer number', 'C..20', '税务机关用于识别纳税人的号码，已实行一照一码的为统一社会信用代码。', { also: '纳税识别号 税号 纳税人代码 taxpayer_id tax_no nsrsbh', kinds: 'unified-credit-code' }],
  ['002', '纳税人状态', 'State of the taxpayer', 'C..20', '纳税人在税务机关的登记状态。', { also: '税务登记状态 taxpayer_status', list: 'TAXPAYER-STATUS' }],
  ['003', '纳税人资格', 'VAT status', 'C..30', '增值税纳税人的资格。', { also: '增值税纳税人资格 纳税人类型 纳税人资格类型', list: 'VAT-STATUS' }],
  ['004', '主管税务机关', 'Tax office', 'C..100', '负责征收管理的税务机关的名称。', { also: '税务机关 主管税务所 tax_authority', kinds: 'organisation-name' }],
  ['005', '征收项目', 'Tax', 'C..60', '税费的征收项目。', { also: '税种 税种名称 征收税种 tax_kind', list: 'TAX-KIND' }],
  ['006', '税款所属期', 'Tax period', 'C..20', '税款所属的期间。', { also: '所属期 税款所属时期 tax_period' }],
  ['007', '计税依据', 'Tax base', 'n..18,2', '计算应纳税额的依据。', { also: '计税金额 计税基础 tax_base', unit: '元' }],
  ['008', '应纳税额', 'Tax due', 'n..18,2', '应当缴纳的税款的数额。', { also: '应缴税额 应纳税款 tax_due tax_payable', unit: '元' }],
  ['009', '申报日期', 'Date of return', 'YYYYMMDD', '纳税人办理纳税申报的日期。', { also: '纳税申报日期 申报时间 filing_date' }],
]), ...elementsOf('finance', '14', '财政数据元（本市）', [
  ['001', '预算年度', 'Budget year', 'YYYY', '预算所属的财政年度。', { also: '财政年度 会计年度 budget_year' }],
  ['002', '功能科目编码', 'Code of the function', 'C..10', '支出功能分类科目的编码。', { also: '功能分类科目编码 支出功能分类科目编码', from: '政府收支分类科目' }],
  ['003', '功能科目名称', 'Function', 'C..60', '支出功能分类科目的名称。', { also: '功能分类科目名称 支出功能分类科目名称', from: '政府收支分类科目' }],
  ['004', '预算金额', 'Budget', 'n..18,6', '预算安排的金额。', { also: '预算数 年初预算数 budget_amount', unit: '万元' }],
  ['005', '执行金额', 'Spent', 'n..18,6', '预算实际执行的金额。', { also: '决算数 执行数 支出金额 executed_amount', unit: '万元' }],
  ['006', '执行率', 'Executed', 'n..7,2', '执行金额占预算金额的百分比。', { also: '预算执行率 execution_rate', unit: '%', range: [0, 1000] }],
  ['007', '资金来源', 'Source of funds', 'C..60', '资金的来源。', { also: '经费来源 fund_source', list: 'FUND-SOURCE' }],
  ['008', '支出类别', 'Kind of expenditure', 'C..30', '支出的类别。', { also: '支出类型 支出性质', list: 'EXPENDITURE-KIND' }],
])]

export const THINGS = [...PROPERTY, ...VEHICLE, ...MONEY]
