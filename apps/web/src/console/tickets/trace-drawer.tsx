import { operations } from '@datong/contracts'
import { Drawer } from 'antd'
import { useApi } from '../../shared/api/hooks.ts'
import { useT } from '../../shared/i18n/use-t.ts'
import { Loaded } from '../../shared/ui/states.tsx'
import { TraceView } from './trace-view.tsx'

interface TraceDrawerProps {
  readonly code: string
  readonly version?: number
  readonly field: string
  /** From 1. */
  readonly row: number
  readonly onClose: () => void
}

/** 溯源: the way of one cell back to the line that it was read from, and to who answers for it. */
export function TraceDrawer({ code, version, field, row, onClose }: TraceDrawerProps) {
  const { t } = useT()
  const trace = useApi(operations.traceCell, { params: { code }, query: { field, row, ...(version === undefined ? {} : { version }) } })
  return (
    <Drawer open size="large" title={t('tickets.traceTitle', { field, row })} onClose={onClose}>
      <Loaded of={trace} rows={6}>{(data) => <TraceView trace={data} />}</Loaded>
    </Drawer>
  )
}
