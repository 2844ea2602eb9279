import { StarOutlined } from '@ant-design/icons'
import type { Grant } from '@datong/contracts'
import { useFormat } from '../../../shared/i18n/use-format.ts'
import { useT } from '../../../shared/i18n/use-t.ts'
import { Chip } from '../../../shared/ui/chips.tsx'

const SOON_MS = 30 * 86_400_000

/** That a consumer's evaluation is due soon or overdue; nothing while there is time. */
export function EvaluationMark({ grant }: { readonly grant: Pick<Grant, 'evaluationDueAt'> }) {
  const { t } = useT()
  const format = useFormat()
  if (!grant.evaluationDueAt) return null
  const left = new Date(grant.evaluationDueAt).getTime() - Date.now()
  if (left > SOON_MS) return null
  const date = format.date(grant.evaluationDueAt)
  return <Chip tone={left < 0 ? 'cinnabar' : 'gamboge'} icon={<StarOutlined />}>{t(left < 0 ? 'sharing.evaluationOverdue' : 'sharing.evaluationDue', { date })}</Chip>
}
