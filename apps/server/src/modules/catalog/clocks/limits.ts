import { CATALOG_LIMITS, type CatalogLimitKey, type LimitPreset } from '@datong/contracts'
import { createLimits, type LimitDefinition, workingDays } from '../../../platform/limit-settings.ts'

const DEFINITIONS: Readonly<Record<CatalogLimitKey, LimitDefinition>> = {
  'entry-review': workingDays(2, 2, '《政务数据共享条例》目录审核；期限见二手资料', true, 1, 30),
  'entry-update': workingDays(10, 10, '《政务数据共享条例》：职责或数据发生变化之日起 10 个工作日内更新目录；见二手资料', true),
  'entry-update-extension': workingDays(5, 5, '《政务数据共享条例》：经说明理由延长一次；见二手资料', true, 0, 30),
  'update-grace': workingDays(5, 5, '目录更新周期；宽限为平台默认值', true, 0, 60),
  'withdrawal-notice': workingDays(10, 10, '废止前告知使用部门；提前量为平台默认值', true, 0, 120),
  'negative-review': {
    unit: 'months', default: 12, minimum: 1, maximum: 36, source: '负面清单每年复核一次；见二手资料', toBeConfirmed: true, presets: { 'state-council': 12, shanxi: 12 },
  },
  'demand-answer': workingDays(10, 5, '参照《政务数据共享条例》有条件共享类 10 个工作日内答复', true),
  ticket: workingDays(10, 10, '质量规则不通过的整改；参照校核纠错的期限', true),
  correction: workingDays(10, 10, '《政务数据共享条例》数据校核纠错：自收到之日起 10 个工作日内核实、更正并反馈；期限见二手资料', true),
  'correction-extension': workingDays(10, 10, '校核纠错和质量整改：说明理由可延长一次；见二手资料', true, 0, 30),
}

const PRESET_SOURCES: Readonly<Record<LimitPreset, string | null>> = {
  'state-council': null, shanxi: '山西省政务数据共享规定，待主管部门核定',
}

/** Limits of the catalogue's life cycle and of its lists; those from secondary sources are to be confirmed by the bureau. */
export const catalogLimits = createLimits({
  table: 'catalog.setting', keys: CATALOG_LIMITS, definitions: DEFINITIONS, presetSources: PRESET_SOURCES, invalid: 'catalog/invalid-setting',
})
