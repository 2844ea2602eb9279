import { maskText } from '../mask-text.ts'
import { defineMethod } from '../masking-method.ts'

const LEVELS = ['province', 'city', 'district', 'street'] as const
type Level = (typeof LEVELS)[number]

/** A character that names of divisions have: no street, number, or word of a sentence. */
const PLAIN = '(?:(?![路街巷弄号號楼樓室的在住我你他是])\\p{Script=Han})'
const PROVINCE =
  '(?:中国)?(?:(?:北京|上海|天津|重庆|重慶)市?|(?:河北|山西|辽宁|吉林|黑龙江|江苏|浙江|安徽|福建|江西|山东|河南|湖北|湖南|广东|海南|四川|贵州|云南|陕西|甘肃|青海|台湾|臺灣)省?|' +
  '(?:内蒙古|广西壮族|广西|西藏|宁夏回族|宁夏|新疆维吾尔|新疆)(?:自治区)?|(?:香港|澳门)(?:特别行政区)?)'
const PARTS: Readonly<Record<Level, RegExp>> = {
  province: new RegExp(`^${PROVINCE}`, 'u'),
  city: new RegExp(`^${PLAIN}{1,7}?(?:自治州|地区|市(?![场場民])|盟)`, 'u'),
  district: new RegExp(
    `^${PLAIN}{1,10}?(?:(?<![小社园校厂库])[区區]|自治[县旗]|[县縣]|旗|市(?![场場民]))`,
    'u',
  ),
  street: new RegExp(`^${PLAIN}{1,10}?(?:街道(?:办事处)?|[镇鎮乡鄉](?!政府|[东西南北中]?[路街])|苏木)`, 'u'),
}
/** Always four: how long the rest is tells flats from farms. */
const REST = '****'

/** Keeps the divisions down to a level and hides the rest, its length too. Without any division all is hidden. */
export const address = defineMethod({
  id: 'address',
  titleZh: '地址：保留到区县或街道',
  titleEn: 'Address: keep down to a division',
  example: { from: '浙江省临海市古城街道东湖路18号', to: '浙江省临海市****' },
  accepts: ['text'],
  output: 'text',
  params: { level: { type: 'string', enum: LEVELS, default: 'district', titleZh: '保留到', titleEn: 'Keep down to' } },
  compile: ({ level }) => {
    const patterns = LEVELS.slice(0, LEVELS.indexOf(level) + 1).map((kept) => PARTS[kept])
    return maskText((text) => {
      const whole = text.slice(0, 200).replace(/\s+/g, '')
      let at = 0
      for (const pattern of patterns) at += pattern.exec(whole.slice(at))?.[0].length ?? 0
      return whole.slice(0, at) + REST
    })
  },
})
