import type { LimitPreset, SharingSettingKey } from '@datong/contracts'
import { type LimitDefinition, workingDays } from '../../../platform/limit-settings.ts'

const REGULATION = '《政务数据共享条例》（2025年8月1日起施行）'

/**
 * The limits of the closed loop, in working days unless told otherwise. Values that come from secondary sources are to be
 * confirmed by the bureau.
 */
export const SETTINGS: Readonly<Record<SharingSettingKey, LimitDefinition>> = {
  notice: workingDays(1, 2, `${REGULATION}：材料不全的一次性告知`),
  'answer-unconditional': workingDays(1, 1, `${REGULATION}：无条件共享类 1 个工作日内答复`),
  'answer-conditional': workingDays(10, 5, `${REGULATION}：有条件共享类 10 个工作日内答复`),
  'answer-extension': workingDays(10, 5, `${REGULATION}：因特殊原因延长答复一次，说明理由`, true, 0),
  delivery: workingDays(20, 10, `${REGULATION}：同意后 20 个工作日内提供`),
  'evaluation-interval': {
    unit: 'months', default: 6, minimum: 1, maximum: 24, source: '使用评价周期：每半年一次，授权结束时一次', toBeConfirmed: true,
    presets: { 'state-council': 6, shanxi: 6 },
  },
  'longest-grant': {
    unit: 'months', default: 36, minimum: 1, maximum: 120, source: '最小必要：授权期限与用途相称，到期续期；最长期限由数据主管部门核定', toBeConfirmed: true,
    presets: { 'state-council': 36, shanxi: 36 },
  },
}

/** Where a preset's values come from. */
export const PRESET_SOURCES: Readonly<Record<LimitPreset, string | null>> = {
  'state-council': null,
  shanxi: '山西省政务数据共享规定（2 日内规范性核验、5 日内答复、10 日内提供），待主管部门核定',
}
