import { useT } from '../../../shared/i18n/use-t.ts'

/** Words for why something failed, stopped or ended: a problem code, or a word of the form of delivery itself. */
export function useReason(): (reason: string) => string {
  const { t } = useT()
  return (reason) => t.maybe('workbench.reason.', reason, t.maybe('errors.', reason))
}
