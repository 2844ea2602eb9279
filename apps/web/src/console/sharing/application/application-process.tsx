import type { Application, Grant } from '@datong/contracts'
import { useFormat } from '../../../shared/i18n/use-format.ts'
import { useT } from '../../../shared/i18n/use-t.ts'
import { Panel } from '../../../shared/ui/page-header.tsx'
import { ProcessBar } from '../../../shared/ui/process-bar.tsx'
import { processOf, type Stage } from './process.ts'

/** The way of an application from asking to evaluation, drawn as a bar. */
export function ApplicationProcess({ application, grant }: { readonly application: Application; readonly grant: Grant | undefined }) {
  const { t } = useT()
  const format = useFormat()
  const { rule, decision } = application
  const wordsOf = (stage: Stage): string => {
    const when = stage.at === undefined ? '' : format.date(stage.at)
    const ended = t.maybe('common.applicationState.', application.state)
    switch (stage.key) {
      case 'ruled': return decision?.by === 'rule' ? t(`sharing.ruledWords.${stage.state === 'no' ? 'refused' : 'granted'}`, { rule: rule?.name ?? '' }) : t('sharing.ruledWords.routed')
      case 'material': return t('sharing.stageWords.material', { done: stage.done ?? 0, all: stage.all ?? 0 })
      case 'answer': return stage.state === 'no' ? `${ended} ${when}` : stage.state === 'done' ? when : t('sharing.stageWords.answer', { done: stage.done ?? 0, all: stage.all ?? 0 })
      case 'mediation': return stage.state === 'now' ? t('sharing.stageWords.since', { date: when }) : `${application.mediation?.outcome ? t(`sharing.mediationResult.${application.mediation.outcome}`) : ''} ${when}`
      case 'delivery': return stage.state === 'now' ? t('common.clockDue', { date: when }) : stage.state === 'done' ? when : ''
      case 'use': return grant ? [t(`common.grantState.${grant.state}`), stage.at ? t('sharing.stageWords.lastUsed', { date: when }) : t('sharing.neverUsed')].join(' · ') : ''
      case 'evaluation': return stage.state === 'done' || !when ? when : t('sharing.stageWords.evaluationDue', { date: when })
      default: return when
    }
  }
  const steps = processOf(application, grant).map((stage) => ({ key: stage.key, title: t(`sharing.stage.${stage.key}`), state: stage.state, words: wordsOf(stage) }))
  return <Panel><ProcessBar steps={steps} label={t('sharing.processLabel')} /></Panel>
}
