import { halfWidth } from '@datong/kernel'
import { COMPOUND_SURNAMES, SURNAMES, WORDLIKE_SURNAMES } from '../data/surnames.ts'
import { detectByShare } from '../detect-by-share.ts'
import { namePattern } from '../normalise-text.ts'
import type { Recognizer, Verdict } from '../recognizer.ts'

const HAN = '[\\p{Script=Han}〇]'
/** Parts of a transliterated name: 阿卜杜拉·买买提, 卓玛·次仁. */
const DOTTED = new RegExp(`^${HAN}{1,10}(?:[·•‧・∙⋅]${HAN}{1,10}){1,5}$`, 'u')
const CHINESE = new RegExp(`^${HAN}{2,4}$`, 'u')
const LATIN = /^\p{Lu}[\p{L}'’-]*\.?(?: \p{Lu}[\p{L}'’-]*\.?){1,3}$/u
const WITH_TITLE = /^(.{1,2})(?:先生|小姐|女士|太太|同志|老师|老師|医生|醫生|科长|科長|某某?|氏)$/u
/** Ends that make a place or an office of it, whatever stands before. */
const PLACE_END = /(?:街道|社区|社區|公司|[省市区區县縣局厅廳厂廠司所街镇鎮乡鄉盟旗馆館校])$/u
/** Ends that are seldom in given names and often in words. */
const WORD_END = /[村路州部院店站层層业業类類品费費率额額数數量号號型式性度法证證单單机機器车車]$/u

/** Whether a text can be a person's name. A name has no check: `valid` means that nothing speaks against it. */
function validate(value: string): Verdict {
  const text = halfWidth(value).replace(/(?<=\p{Script=Han}) +(?=\p{Script=Han})/gu, '')
  if (text.length > 60) return 'invalid'
  if (DOTTED.test(text)) return 'valid'
  if (LATIN.test(text)) return 'doubtful'
  if (!CHINESE.test(text) || PLACE_END.test(text)) return 'invalid'
  const chars = [...text]
  const titled = WITH_TITLE.exec(text)?.[1]
  if (titled !== undefined && (SURNAMES.has(titled) || COMPOUND_SURNAMES.has(titled))) return 'doubtful'
  const compound = chars.length >= 3 && COMPOUND_SURNAMES.has(chars[0]! + chars[1]!)
  if (!compound && !SURNAMES.has(chars[0]!)) return WORDLIKE_SURNAMES.has(chars[0]!) ? 'doubtful' : 'invalid'
  if (WORD_END.test(text)) return 'doubtful'
  // Four characters under a single surname are names of two families or, more often, a word.
  return compound || chars.length < 4 ? 'valid' : 'doubtful'
}

export const personName: Recognizer = {
  id: 'person-name',
  titleZh: '姓名',
  titleEn: 'Name of a person',
  category: 'personal',
  source: 'no standard; 百家姓 and the surnames in common use',
  validate,
  standardise: (value) => {
    if (validate(value) === 'invalid') return null
    return halfWidth(value)
      .replace(/(?<=\p{Script=Han}) +(?=\p{Script=Han})/gu, '')
      .replace(/[•‧・∙⋅]/g, '·')
  },
  detect: (column) =>
    detectByShare(column, validate, {
      names: namePattern(
        '姓名|人名|联系人|聯絡人|聯繫人|法定代表|法人代表|法人$|负责人|負責人|申请人|申請人|户主|戶主|经办人|經辦人|当事人|當事人|患者|监护人|配偶|父亲|母亲|' +
          '权利人|所有权人|产权人|业主|承租人|被处罚人|受理人|审批人|审核人|投诉人|举报人|驾驶人|车主|死者|新生儿|参保人|缴存人|委托人|收件人|寄件人|填报人|学生名|教师名|职工名',
        'xm|person_?name|full_?name|real_?name|first_?name|last_?name|surname|given_?name|contact|contact_?(?:name|person)|owner_?name|applicant|' +
          'legal_?(?:person|representative)|(?:student|patient|teacher|customer|driver)_?name|lxr|fddbr|frdb|frxm|hzxm|fzr|fzrxm|sqr|sqrxm',
      ),
      notNames:
        /电话|電話|手机|手機|身份证|身份號|号码|號碼|证件|證件|证号|地址|住址|邮|郵|mail|phone|年龄|年齡|性别|性別|日期|时间|時間|类型|类别|民族|职务|职称|学历|关系|人数|数量|编号|代码|标识|金额|机构代码|信用|意见|结果|状态|(?:单位|單位|机构|機構|企业|企業|公司|部门|部門|名称|名稱|地区|机关|機關)_?$/,
      types: ['text'],
      doubtfulNamed: 0.8,
      doubtfulAlone: 0.2,
      shareNamed: 0.3,
      shareAlone: 0.85,
      ceilingAlone: 0.65,
      // Categories and states of two characters (高中, 安全) repeat; names of many persons do not.
      alone: (values) => {
        const distinct = new Set(values).size
        return distinct >= 20 && distinct / values.length >= 0.3
      },
    }),
}
