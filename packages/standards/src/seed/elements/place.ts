import { elementsOf } from '../element-of.ts'

/** Of addresses and positions. */
export const PLACE = elementsOf('place', '03', '地址基础信息数据元（本市）', [
  ['001', '行政区划代码', 'Division code', 'C6', '县级以上行政区划的代码。', { also: '区划代码 行政区代码 行政区划 所属区划代码 参保地区划代码 地区代码 division_code region_code area_code adcode xzqhdm', list: 'GB2260', kinds: 'division-code', from: 'GB/T 2260', sure: true }],
  ['002', '行政区划名称', 'Division', 'C..60', '县级以上行政区划的名称。', { also: '所属区县 所在区县 区县 区域 所属区域 行政区 地区 所在地区 辖区 region district area_name county', list: 'GB2260' }],
  ['003', '乡镇街道代码', 'Town code', 'C9', '乡镇、街道的区划代码。', { also: '街道代码 乡镇代码 town_code', kinds: 'division-code' }],
  ['004', '乡镇街道名称', 'Town', 'C..60', '乡镇、街道的名称。', { also: '街道 乡镇 所属街道 街道名称 乡镇街道 town street' }],
  ['005', '村社区代码', 'Village or community code', 'C12', '村民委员会、居民委员会的区划代码。', { also: '村居代码 社区代码 村代码 居委会代码 统计用区划代码 village_code', kinds: 'division-code' }],
  ['006', '村社区名称', 'Village or community', 'C..60', '村民委员会、居民委员会的名称。', { also: '社区 村居 社区名称 村居名称 居委会 village community' }],
  ['007', '详细地址', 'Address', 'C..200', '从行政区划到门牌号的完整地址。', { also: '地址 通讯地址 通信地址 联系地址 所在地址 详细住址 单位地址 办公地址 机构地址 address addr contact_address dz', kinds: 'address' }],
  ['008', '住所', 'Seat', 'C..200', '法人的主要办事机构所在地，或者登记的住所。', { also: '企业住所 注册地址 登记住所 企业地址 公司地址 registered_address seat zs', kinds: 'address' }],
  ['009', '经营场所', 'Premises', 'C..200', '从事生产经营活动的场所的地址。', { also: '生产经营地址 生产经营地 经营地址 实际经营地址 营业场所 生产地址 business_address premises', kinds: 'address' }],
  ['010', '户籍地址', 'Registered address of a person', 'C..200', '常住户口登记的地址。', { also: '户口所在地 户籍所在地 户籍地 户口地址 registered_residence hjdz', kinds: 'address' }],
  ['011', '居住地址', 'Home address', 'C..200', '自然人实际居住的地址。', { also: '现住址 住址 家庭住址 家庭地址 现居住地 居住地 常住地址 home_address residence jzdz', kinds: 'address' }],
  ['012', '邮政编码', 'Postcode', 'C6', '邮政部门为投递区域编定的代码。', { also: '邮编 邮政代码 postcode zip zip_code postal_code yzbm', kinds: 'postcode', sure: true }],
  ['013', '经度', 'Longitude', 'n..9,6', '地理位置的经度。', { also: '东经 坐标经度 地理经度 longitude lng lon jd', kinds: 'coordinates', unit: '度', range: [-180, 180] }],
  ['014', '纬度', 'Latitude', 'n..8,6', '地理位置的纬度。', { also: '北纬 坐标纬度 地理纬度 latitude lat wd', kinds: 'coordinates', unit: '度', range: [-90, 90] }],
  ['015', '门牌号', 'House number', 'C..30', '门楼牌的编号。', { also: '门牌号码 门楼牌号 house_number' }],
  ['016', '小区名称', 'Housing estate', 'C..60', '住宅小区的名称。', { also: '小区 住宅小区 estate' }],
  ['017', '楼栋号', 'Building', 'C..20', '建筑物在院落或小区内的编号。', { also: '楼号 幢号 栋号 building_no' }],
  ['018', '房号', 'Room', 'C..20', '房间或户室的编号。', { also: '室号 房间号 户室号 room_no' }],
  ['019', '道路名称', 'Road', 'C..60', '城乡道路的标准名称。', { also: '所在道路 路名 街路名称 road road_name' }],
  ['020', '坐标系', 'Coordinate system', 'C..30', '坐标所依据的大地坐标系。', { also: '坐标系统 crs' }],
])
