import { elementsOf } from '../element-of.ts'

/** Of certificates and electronic licences. */
export const LICENCE = elementsOf('licence', '04', 'GB/T 36903-2018 电子证照 元数据规范', [
  ['001', '证照名称', 'Title of the licence', 'C..100', '证照的名称。', { also: '证书名称 许可证名称 执照名称 licence_name certificate_name' }],
  ['002', '证照编号', 'Number of the licence', 'C..60', '证照上标明的编号。', { also: '证照号码 证书编号 证书号 许可证编号 许可证号 证号 执照编号 注册号 资质证书编号 备案号 出生证编号 结婚证字号 licence_no certificate_no permit_no' }],
  ['003', '证照标识', 'Identifier of the licence', 'C..60', '电子证照在全国范围内的唯一标识。', { also: '电子证照标识 licence_id' }],
  ['004', '证照类型', 'Kind of licence', 'C..60', '证照所属的类型。', { also: '证照类别 证书类型 许可证类型 证照类型名称 licence_type' }],
  ['005', '证照类型代码', 'Code of the kind of licence', 'C..30', '证照类型的代码。', { also: '证照目录编码 证照类型编码' }],
  ['006', '颁发机构', 'Issuing authority', 'C..100', '颁发证照的机构的名称。', { also: '发证机关 发证机构 颁发机关 签发机关 发证单位 颁证单位 证照颁发机构 issuing_authority issuer fzjg', kinds: 'organisation-name' }],
  ['007', '颁发机构代码', 'Code of the issuing authority', 'C18', '颁发机构的统一社会信用代码。', { also: '发证机关代码 证照颁发机构代码', kinds: 'unified-credit-code' }],
  ['008', '颁发日期', 'Date of issue', 'YYYYMMDD', '颁发证照的日期。', { also: '发证日期 签发日期 证照颁发日期 发证时间 颁证日期 issue_date issued_on fzrq' }],
  ['009', '有效期起始日期', 'Valid from', 'YYYYMMDD', '证照或决定开始有效的日期。', { also: '有效期自 有效期起 有效起始日期 有效期开始日期 生效日期 有效期起始 valid_from effective_date yxqq' }],
  ['010', '有效期截止日期', 'Valid until', 'YYYYMMDD', '证照或决定有效的最后日期。', { also: '有效期至 有效期止 有效截止日期 有效期限至 有效期 到期日期 失效日期 有效期截止 检验有效期止 valid_until expiry_date expire_date valid_to yxqz' }],
  ['011', '持证主体', 'Holder', 'C..200', '持有证照的自然人、法人或其他组织的名称。', { also: '持证者 持证人 持有人 证照持有者 持证单位 holder licence_holder' }],
  ['012', '持证主体代码', 'Code of the holder', 'C..30', '持证主体的证件号码或统一社会信用代码。', { also: '持证者代码 持有人代码 持证者证件号码', kinds: 'unified-credit-code citizen-number' }],
  ['013', '持证主体代码类型', 'Kind of code of the holder', 'C..30', '持证主体代码的类型。', { also: '持证者代码类型' }],
  ['014', '证照状态', 'State of the licence', 'C..20', '证照当前的状态。', { also: '证书状态 许可证状态 licence_status', list: 'LICENCE-STATUS' }],
  ['015', '许可范围', 'Licensed scope', 'C..2000', '证照许可的业务范围。', { also: '许可项目 经营项目 许可经营范围 诊疗科目 资质范围 licensed_scope' }],
  ['016', '主体业态', 'Kind of food business', 'C..30', '食品经营者的业态分类。', { also: '经营业态 食品经营业态', list: 'FOOD-BUSINESS' }],
  ['017', '变更日期', 'Date of change', 'YYYYMMDD', '事项最近一次变更的日期。', { also: '变更时间 change_date' }],
  ['018', '年检日期', 'Date of inspection', 'YYYYMMDD', '最近一次年度检验的日期。', { also: '年审日期 检验日期' }],
])
