import { elementsOf } from '../element-of.ts'

/** Of health. */
const HEALTH = elementsOf('health', '11', '卫生信息数据元目录（WS 363）', [
  ['001', '医疗机构名称', 'Medical institution', 'C..100', '医疗机构依法登记的名称。', { also: '出生医疗机构 医院名称 接生机构 医疗卫生机构名称 hospital hospital_name', kinds: 'organisation-name' }],
  ['002', '医院等级', 'Grade of the hospital', 'C..20', '医院评审的等级。', { also: '医疗机构等级 医院级别 hospital_level', list: 'HOSPITAL-GRADE' }],
  ['003', '床位数', 'Beds', 'n..6', '医疗机构编制或实有的床位数。', { also: '编制床位数 开放床位数 床位 bed_count', unit: '张', range: [0, null] }],
  ['004', '出生孕周', 'Weeks of pregnancy', 'n..2', '出生时的妊娠周数。', { also: '孕周 出生孕周数', unit: '周', range: [20, 45] }],
  ['005', '出生体重', 'Weight at birth', 'n..5', '新生儿出生时的体重。', { also: '新生儿体重 birth_weight', unit: '克', range: [300, 8000] }],
  ['006', '出生身长', 'Length at birth', 'n..4,1', '新生儿出生时的身长。', { also: '新生儿身长 出生身高 birth_length', unit: '厘米', range: [20, 70] }],
])

/** Of education. */
const EDUCATION = elementsOf('education', '12', '教育管理信息（JY/T 1001 系列）', [
  ['001', '学校标识码', 'School code', 'C10', '教育主管部门为学校编制的唯一标识码。', { also: '学校代码 学校编码 school_code' }],
  ['002', '学校名称', 'School', 'C..100', '学校的全称。', { also: '院校名称 school school_name', kinds: 'organisation-name' }],
  ['003', '办学类型', 'Kind of school', 'C..30', '学校办学的类型。', { also: '学校类型 学段 办学类型名称 school_type', list: 'SCHOOL-KIND' }],
  ['004', '办学性质', 'Public or private', 'C..20', '学校举办者的性质。', { also: '举办者类型 办学体制 学校性质', list: 'SCHOOL-NATURE' }],
  ['005', '校长', 'Head of the school', 'C..50', '学校校长的姓名。', { also: '校长姓名 headmaster', kinds: 'person-name' }],
  ['006', '在校生数', 'Pupils', 'n..7', '具有学籍的在校学生人数。', { also: '在校学生数 学生数 学生人数 student_count', unit: '人', range: [0, null] }],
  ['007', '专任教师数', 'Teachers', 'n..6', '专职从事教学工作的教师人数。', { also: '专任教师 教师数 教职工数 teacher_count', unit: '人', range: [0, null] }],
])

/** Of the environment. */
const ENVIRONMENT = elementsOf('environment', '13', '生态环境监测数据元（HJ 系列）', [
  ['001', '监测点编码', 'Station code', 'C..30', '监测站点或断面的编码。', { also: '站点编码 断面编码 监测站编码 测点编码 站点编号 station_code' }],
  ['002', '监测点名称', 'Station', 'C..60', '监测站点或断面的名称。', { also: '断面名称 监测站名称 测点名称 监测点位名称 station_name' }],
  ['003', '监测时间', 'Time of measurement', 'YYYYMMDDhhmmss', '监测值所代表的时间。', { also: '采样时间 监测日期时间 观测时间 monitor_time observed_at' }],
  ['004', '空气质量指数', 'Air quality index', 'n..3', '定量描述空气质量状况的无量纲指数。', { also: 'AQI 空气质量指数(AQI)', range: [0, 500], from: 'HJ 633-2012', sure: true }],
  ['005', '空气质量等级', 'Grade of air quality', 'C..10', '空气质量指数的级别。', { also: '空气质量级别 空气质量类别 AQI等级', list: 'HJ633', from: 'HJ 633-2012', sure: true }],
  ['006', '首要污染物', 'First pollutant', 'C..30', '空气质量指数大于 50 时分指数最大的污染物。', { also: '主要污染物 primary_pollutant', from: 'HJ 633-2012' }],
  ['007', 'PM2.5浓度', 'PM2.5', 'n..7,1', '细颗粒物的质量浓度。', { also: 'PM2.5 细颗粒物 细颗粒物浓度 pm25', unit: 'µg/m³', range: [0, 2000], from: 'GB 3095-2012' }],
  ['008', 'PM10浓度', 'PM10', 'n..7,1', '可吸入颗粒物的质量浓度。', { also: 'PM10 可吸入颗粒物 可吸入颗粒物浓度', unit: 'µg/m³', range: [0, 5000], from: 'GB 3095-2012' }],
  ['009', '二氧化硫浓度', 'Sulphur dioxide', 'n..7,1', '二氧化硫的质量浓度。', { also: 'SO2 二氧化硫', unit: 'µg/m³', range: [0, 5000], from: 'GB 3095-2012' }],
  ['010', '二氧化氮浓度', 'Nitrogen dioxide', 'n..7,1', '二氧化氮的质量浓度。', { also: 'NO2 二氧化氮', unit: 'µg/m³', range: [0, 5000], from: 'GB 3095-2012' }],
  ['011', '臭氧浓度', 'Ozone', 'n..7,1', '臭氧的质量浓度。', { also: 'O3 臭氧', unit: 'µg/m³', range: [0, 2000], from: 'GB 3095-2012' }],
  ['012', '一氧化碳浓度', 'Carbon monoxide', 'n..6,2', '一氧化碳的质量浓度。', { also: 'CO 一氧化碳', unit: 'mg/m³', range: [0, 200], from: 'GB 3095-2012' }],
  ['013', '水质类别', 'Class of water', 'C..10', '地表水环境质量的类别。', { also: '水质等级 水质级别 water_class', list: 'GB3838', from: 'GB 3838-2002', sure: true }],
  ['014', 'pH值', 'pH', 'n..4,2', '水的酸碱度，无量纲。', { also: 'pH 酸碱度', range: [0, 14], from: 'GB 3838-2002' }],
  ['015', '溶解氧', 'Dissolved oxygen', 'n..6,2', '水中溶解氧的浓度。', { also: 'DO溶解氧 dissolved_oxygen', unit: 'mg/L', range: [0, 50], from: 'GB 3838-2002' }],
  ['016', '高锰酸盐指数', 'Permanganate index', 'n..6,2', '水的高锰酸盐指数。', { also: 'CODMn', unit: 'mg/L', range: [0, 500], from: 'GB 3838-2002' }],
  ['017', '氨氮', 'Ammonia nitrogen', 'n..7,3', '水中氨氮的浓度。', { also: '氨氮浓度 NH3-N', unit: 'mg/L', range: [0, 500], from: 'GB 3838-2002' }],
  ['018', '总磷', 'Total phosphorus', 'n..7,3', '水中总磷的浓度，以磷计。', { also: '总磷浓度', unit: 'mg/L', range: [0, 100], from: 'GB 3838-2002' }],
])

/** Used in all fields. */
const COMMON = elementsOf('common', '99', '公共数据元（本市）', [
  ['001', '备注', 'Remark', 'C..2000', '需要说明的其他事项。', { also: '说明 附注 备注说明 备注信息 remark remarks note memo comment bz' }],
  ['002', '登记日期', 'Date of registration', 'YYYYMMDD', '办理登记的日期。', { also: '登记时间 注册登记时间 registration_date register_date djrq' }],
  ['003', '更新时间', 'Time of update', 'YYYYMMDDhhmmss', '记录最近一次更新的时间。', { also: '修改时间 更新日期 最后更新时间 数据更新时间 update_time updated_at last_modified gxsj' }],
  ['004', '创建时间', 'Time of creation', 'YYYYMMDDhhmmss', '记录产生的时间。', { also: '入库时间 录入时间 新增时间 create_time created_at cjsj' }],
  ['005', '序号', 'Serial number', 'n..10', '记录在表中的顺序号。', { also: '编号序号 行号 顺序号 serial_no seq row_no xh' }],
  ['006', '统计年份', 'Year', 'YYYY', '统计数据所属的年份。', { also: '年份 年度 统计年度 所属年份 year' }],
  ['007', '统计年月', 'Month', 'YYYYMM', '统计数据所属的年月。', { also: '年月 监测年月 统计月份 数据月份 所属年月 year_month' }],
  ['008', '数量', 'Quantity', 'n..12', '事物的数目。', { also: '件数 数目 quantity count' }],
  ['009', '金额', 'Amount', 'n..18,2', '以货币表示的数额。', { also: '总金额 amount money', unit: '元' }],
  ['010', '是否标志', 'Yes or no', 'C1', '表示是或否的标志。', { also: '是否有效 有效标志 删除标志 flag', list: 'YES-NO' }],
])

export const SERVICES = [...HEALTH, ...EDUCATION, ...ENVIRONMENT, ...COMMON]
