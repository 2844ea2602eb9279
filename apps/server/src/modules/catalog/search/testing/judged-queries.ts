/** A question as somebody asked it, with the entries that answer it: 3 is what he wants, 2 helps, 1 is about it. */
export interface JudgedQuery {
  readonly q: string
  readonly grades: Readonly<Record<string, 1 | 2 | 3>>
}

/** `query > wanted, wanted / helps, helps / about it`, judged by hand. */
const judged = (line: string): JudgedQuery => {
  const [q = '', answers = ''] = line.split(' > ')
  const [wanted = '', helps = '', about = ''] = answers.split('/')
  const ids = (text: string, grade: 1 | 2 | 3) => text.split(',').map((id) => id.trim()).filter((id) => id !== '').map((id) => [id, grade] as const)
  return { q, grades: Object.fromEntries([...ids(about, 1), ...ids(helps, 2), ...ids(wanted, 3)]) }
}

export const JUDGED_QUERIES: readonly JudgedQuery[] = `
营业执照 > licence / licence-change, licence-stats
yyzz > licence / licence-change, licence-stats
工商登记 > licence / licence-change, licence-stats / licence-off
營業執照登記 > licence / licence-change, licence-stats
营业职照 > licence / licence-change, licence-stats
企业注销 > licence-off / licence-off-change, licence-off-stats
异常名录 > abnormal / abnormal-change, abnormal-stats
食品许可证 > food / food-change, food-stats
spjy > food / food-change, food-stats
餐饮 许可 > food / food-change, food-stats
电梯 检验 > elevator / elevator-change, elevator-stats
电梯维保单位 > elevator / / elevator-change
常住人口 > population / population-stats, population-change / census
人口普查 > census / census-stats, census-change / population
rkpc > census / census-stats, census-change / population
生产总值 > gdp / gdp-stats, gdp-change
gdp > gdp / gdp-stats, gdp-change
物价指数 > price / price-stats, price-change
户口 > household / household-change, household-stats
公民身份号码 > idcard, household, residence, lowincome / household-change, residence-change, lowincome-change, idcard-change
身份证 签发 > idcard / idcard-change, idcard-stats
流动人口 居住证 > residence / residence-change, residence-stats
车牌号码 > vehicle, violation, taxi / vehicle-change, violation-change, taxi-change
驾照 > driver / driver-change, driver-stats
交通违法 罚款 > violation / violation-change, violation-stats
结婚登记 > marriage / marriage-change, marriage-stats
低保 > lowincome / lowincome-change, lowincome-stats
敬老院 > elderly / elderly-change, elderly-stats
养老机构 床位 > elderly / elderly-stats, elderly-change
養老機構 > elderly / elderly-change, elderly-stats
殡仪馆 > funeral / funeral-change, funeral-stats
残疾证 > disabled / disabled-change, disabled-stats
养老保险 > pension / pension-change, pension-stats
社保参保 > pension / pension-change, pension-stats
招聘 岗位 > jobs / jobs-change, jobs-stats
欠薪 > wages / wages-change, wages-stats
医保 > medical-ins, pharmacy, drugs / medical-ins-change, medical-ins-stats, pharmacy-stats, drugs-stats, pharmacy-change, drugs-change
医保药店 > pharmacy / pharmacy-change, pharmacy-stats
医院 床位数 > hospital / hospital-change, hospital-stats
医生 执业 > doctor / doctor-change, doctor-stats
出生证明 > birth / birth-change, birth-stats
疫苗 > vaccine / vaccine-change, vaccine-stats
传染病 月报 > epidemic / epidemic-change, epidemic-stats
小学 学生人数 > school / school-stats, school-change
幼儿圆 > kindergarten / kindergarten-change, kindergarten-stats
jiaoshizige > teacher / teacher-change, teacher-stats
不动产权证 > house / house-change, house-stats
房产证 > house / house-change, house-stats
土地拍卖 > land / land-change, land-stats
滑坡 隐患 > geology / geology-change, geology-stats
楼盘 预售 > presale / presale-change, presale-stats
gjj > fund, fund-loan / fund-change, fund-stats, fund-loan-change, fund-loan-stats
公积金贷款 > fund-loan / fund-loan-change, fund-loan-stats / fund
停车场 泊位 > parking / parking-change, parking-stats
tingchechang > parking / parking-change, parking-stats
tingchehang > parking / parking-change, parking-stats
公厕 > toilet / toilet-change, toilet-stats
厕所 无障碍 > toilet / / toilet-stats
公交站点 > bus / bus-change, bus-stats
网约车 > taxi / taxi-change, taxi-stats
空气质量 > air / air-change, air-stats
pm2.5 > air / air-change, air-stats
aqi > air / air-stats, air-change
水质 断面 > water / water-change, water-stats
噪声 > noise / noise-change, noise-stats
危废 处置 > waste / waste-change, waste-stats
纳税信用 > tax / tax-change, tax-stats
发票 > invoice / invoice-change, invoice-stats
三公经费 > budget / budget-change, budget-stats
中标供应商 > purchase / purchase-change / purchase-stats
菜价 > vegprice / vegprice-change, vegprice-stats
水库 水位 > reservoir / reservoir-change, reservoir-stats
河长 > river / river-change, river-stats
避难场所 > shelter / shelter-change, shelter-stats
景区 门票 > scenic / / scenic-change, scenic-stats
图书馆 开放时间 > library / / library-change, library-stats
文物 > relics / relics-change, relics-stats
高新企业 > hightech / hightech-change, hightech-stats
专利 > patent / patent-change, patent-stats
律师 > lawyer / lawyer-change, lawyer-stats
台风 预警 > weather / weather-change, weather-stats
天气 气温 > station / station-stats, station-change / weather
加油站 > gas / gas-change, gas-stats
双公示 处罚 > penalty / penalty-change, penalty-stats
充电桩 > charge / charge-change, charge-stats
老赖 > credit / credit-change, credit-stats`.trim().split('\n').map(judged)
