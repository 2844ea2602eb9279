import { halfWidth } from '@datong/kernel'
import { detectByShare } from '../detect-by-share.ts'
import { namePattern } from '../normalise-text.ts'
import type { Recognizer, Verdict } from '../recognizer.ts'

/** How names of companies, public bodies and associations end. */
const END =
  /(?:公司|集团|集團|工厂|加工厂|[厂廠]|合作社|合伙\)?|经营部|商行|商店|商场|超市|药店|药房|酒店|宾馆|饭店|餐厅|店|行|委员会|委員會|管委会|办公室|辦公室|办事处|政府|[局厅廳处處]|研究院|学院|學院|医院|醫院|法院|检察院|院|研究所|事务所|派出所|所|中心|学校|學校|大学|大學|中学|小学|幼儿园|幼兒園|银行|銀行|信用社|支行|分行|协会|協會|学会|商会|联合会|基金会|工会|总会|促进会|图书馆|博物馆|馆|服务站|站|大队|支队|队|部|社|场|公所|農會|教会|寺)$/u
const ENGLISH =
  /\b(?:inc|ltd|llc|corp|co|plc|gmbh|company|corporation|department|agency|office|bureau|administration|commission|authority|university|college|school|academy|hospital|institute|court|district|council|committee|foundation|association|society|center|centre|library|bank|board)\b|^(?:city|county|town|village|state|borough|township|commonwealth) of\b|\b(?:county|borough|township|village|parish|tribe|nation)\b/i

/** With what stands in brackets behind it. */
const LONGEST = 200

/** A name has no check: `valid` ends like an organisation's, `doubtful` could be one by its length. */
function validate(value: string): Verdict {
  if (value.length > LONGEST) return 'invalid'
  const text = halfWidth(value).replace(/\([^()]{1,20}\)$/, '').replace(/\s*[【[][^】\]]*[】\]]$/, '')
  if (text.length > 100 || /^[\d\s.,-]*$/.test(text)) return 'invalid'
  if (/\p{Script=Han}/u.test(text)) return text.length >= 4 && END.test(text) && !/[，。；！？]/.test(text) ? 'valid' : 'invalid'
  if (ENGLISH.test(text)) return 'valid'
  return text.length >= 4 && /[a-z]/i.test(text) && !/[@/]/.test(text) ? 'doubtful' : 'invalid'
}

export const organisationName: Recognizer = {
  id: 'organisation-name',
  titleZh: '组织机构名称',
  titleEn: 'Name of an organisation',
  category: 'organisation',
  source: 'no standard; 企业名称登记管理规定 for companies',
  validate,
  standardise: (value) => (validate(value) === 'valid' ? halfWidth(value).replace(/\s+/g, ' ') : null),
  detect: (column) =>
    detectByShare(column, validate, {
      names: namePattern(
        '企业名称|企業名稱|公司名称|单位名称|單位名稱|机构名称|機構名稱|法人名称|字号名称|组织名称|学校名称|医院名称|部门名称|机关|機關|工作单位|用人单位|提供机构|发证机关|登记机关|缴存单位|参保单位',
        'company|company_?name|corp_?name|organi[sz]ation|organi[sz]ation_?name|org_?name|agency|agency_?name|employer|school_?name|enterprise_?name|qymc|dwmc|jgmc|gsmc',
      ),
      notNames: /类型|代码|编码|性质|电话|地址|人数|级别|状态|type|聯絡|联系|邮|郵|電話|電子/,
      types: ['text'],
      doubtfulNamed: 0.7,
      doubtfulAlone: 0,
      shareNamed: 0.3,
      shareAlone: 0.7,
      ceilingAlone: 0.85,
      alone: (values) => new Set(values).size >= 5,
    }),
}
