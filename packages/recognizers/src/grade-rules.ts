import type { Grade } from '@datong/kernel'
import { namePattern } from './normalise-text.ts'
import type { RecognizerId } from './recognizer.ts'

/** What a recognised field is suggested: its grade, the masking method to begin with (an id of `@datong/anonymisation`), and why. */
export interface RecognizedGrade {
  readonly grade: Grade
  readonly maskingMethod: string | null
  /** Key of the sentence that tells the officer why. */
  readonly reason: 'sensitive-identifier' | 'personal' | 'network-identifier' | 'public-register' | 'place'
}

/** @see GB/T 35273-2020 annexes A and B; GB/T 43697-2024 annexes on important and personal data */
export const GRADE_OF_RECOGNIZED: Readonly<Record<RecognizerId, RecognizedGrade>> = {
  'citizen-number': { grade: 'secret', maskingMethod: 'citizen-number', reason: 'sensitive-identifier' },
  'bank-card': { grade: 'secret', maskingMethod: 'bank-card', reason: 'sensitive-identifier' },
  passport: { grade: 'secret', maskingMethod: 'redact', reason: 'sensitive-identifier' },
  phone: { grade: 'internal', maskingMethod: 'phone', reason: 'personal' },
  email: { grade: 'internal', maskingMethod: 'email', reason: 'personal' },
  plate: { grade: 'internal', maskingMethod: 'plate', reason: 'personal' },
  'date-of-birth': { grade: 'internal', maskingMethod: 'birth-date', reason: 'personal' },
  'person-name': { grade: 'internal', maskingMethod: 'name', reason: 'personal' },
  address: { grade: 'internal', maskingMethod: 'address', reason: 'personal' },
  ipv4: { grade: 'internal', maskingMethod: 'redact', reason: 'network-identifier' },
  'unified-credit-code': { grade: 'public', maskingMethod: null, reason: 'public-register' },
  'organisation-code': { grade: 'public', maskingMethod: null, reason: 'public-register' },
  'organisation-name': { grade: 'public', maskingMethod: null, reason: 'public-register' },
  coordinates: { grade: 'public', maskingMethod: null, reason: 'place' },
  'division-code': { grade: 'public', maskingMethod: null, reason: 'place' },
  postcode: { grade: 'public', maskingMethod: null, reason: 'place' },
}

/** A grade that follows from the name of a field alone, because its values have no form to recognise. */
export interface NamedGrade {
  readonly reason: 'health' | 'crime' | 'biometric' | 'credential' | 'property' | 'belief'
  readonly grade: Grade
  readonly names: RegExp
  readonly notNames: RegExp
  /** Only where the same table also names persons: 收入 of a district is a statistic. */
  readonly besidePersons: boolean
}

/** Counts, rates, places and makers of things are no personal data even where the word is there. */
const STATISTIC = /机构|单位|医院|醫院|科室|人数|数量|人次|总数|总额|合计|床位|率_?$|占比|比例|统计|统計|標準|标准|目录|设备|试剂|器械|经费|number_of|count|rate_?$|total/

/** @see GB/T 35273-2020 annex B, table B.1: property, health, biometric, identity and other sensitive information */
export const NAMED_GRADES: readonly NamedGrade[] = [
  {
    reason: 'health',
    grade: 'secret',
    names: namePattern(
      '病历|病史|病名|病种|病情|疾病|诊断|診斷|处方|處方|体检结果|检验结果|症状|手术|用药|过敏|传染病|残疾|殘疾|精神障碍|孕产|血型|艾滋|死因|死亡原因|健康状况|确诊',
      'diagnosis|disease|prescription|medical_?(?:record|history)|illness|hiv|blood_?type|disability|cause_?of_?death|icd_?(?:10|code)?',
    ),
    notNames: STATISTIC,
    besidePersons: false,
  },
  {
    reason: 'crime',
    grade: 'secret',
    names: namePattern('犯罪|前科|刑事|服刑|刑期|罪名|判刑|吸毒|涉毒|在逃|社区矫正|违法记录', 'criminal|crime_?record|conviction|offen[cs]e|sentence'),
    notNames: STATISTIC,
    besidePersons: false,
  },
  {
    reason: 'biometric',
    grade: 'secret',
    names: namePattern('指纹|指紋|人脸|人臉|面部特征|虹膜|声纹|掌纹|基因|生物特征|人像照片', 'fingerprint|face_?(?:id|image|template|feature)|iris|voice_?print|dna|biometric'),
    notNames: STATISTIC,
    besidePersons: false,
  },
  {
    reason: 'credential',
    grade: 'secret',
    names: namePattern('密码|口令|密碼|私钥', 'password|passwd|pwd|secret_?key|private_?key'),
    notNames: /密码学|密码产品|商用密码/,
    besidePersons: false,
  },
  {
    reason: 'property',
    grade: 'secret',
    names: namePattern('工资|薪酬|月收入|年收入|个人收入|存款|账户余额|缴存基数|缴费基数|公积金余额|征信|信贷', 'salary|wage|income|balance|credit_?score'),
    notNames: STATISTIC,
    besidePersons: true,
  },
  {
    reason: 'belief',
    grade: 'secret',
    names: namePattern('宗教信仰|婚史|婚姻状况|性取向|政治面貌|行踪|轨迹|住宿记录', 'religion|marital_?status|sexual_?orientation|whereabouts'),
    notNames: STATISTIC,
    besidePersons: true,
  },
]
