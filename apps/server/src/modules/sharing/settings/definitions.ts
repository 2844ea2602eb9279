import type { SharingPreset, SharingSetting, SharingSettingKey } from '@datong/contracts'

/** A limit of the process as the program knows it before anybody set it. */
export type SettingDefinition = Pick<SharingSetting, 'unit' | 'default' | 'minimum' | 'maximum' | 'source' | 'toBeConfirmed' | 'presets'>

const REGULATION = '《政务数据共享条例》（2025年8月1日起施行）'
const days = (
  states: number, shanxi: number, source: string, toBeConfirmed = false, minimum = 1, maximum = 90,
): SettingDefinition => ({
  unit: 'working-days', default: states, minimum, maximum, source, toBeConfirmed, presets: { 'state-council': states, shanxi },
})

/**
 * The limits of the closed loop, in working days unless told otherwise. Values that come from secondary sources are to be
 * confirmed by the bureau.
 */
export const SETTINGS: Readonly<Record<SharingSettingKey, SettingDefinition>> = {
  notice: days(1, 2, `${REGULATION}：材料不全的一次性告知`),
  'answer-unconditional': days(1, 1, `${REGULATION}：无条件共享类 1 个工作日内答复`),
  'answer-conditional': days(10, 5, `${REGULATION}：有条件共享类 10 个工作日内答复`),
  'answer-extension': days(10, 5, `${REGULATION}：因特殊原因延长答复一次，说明理由`, true, 0),
  delivery: days(20, 10, `${REGULATION}：同意后 20 个工作日内提供`),
  'evaluation-interval': {
    unit: 'months', default: 6, minimum: 1, maximum: 24, source: '使用评价周期：每半年一次，授权结束时一次', toBeConfirmed: true,
    presets: { 'state-council': 6, shanxi: 6 },
  },
}

/** Where a preset's values come from. */
export const PRESET_SOURCES: Readonly<Record<SharingPreset, string | null>> = {
  'state-council': null,
  shanxi: '山西省政务数据共享规定（2 日内规范性核验、5 日内答复、10 日内提供），待主管部门核定',
}
