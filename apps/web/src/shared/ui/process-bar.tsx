import { CheckOutlined, CloseOutlined } from '@ant-design/icons'
import type { ReactNode } from 'react'
import { useT } from '../i18n/use-t.ts'
import './process-bar.css'

export interface ProcessStep {
  readonly key: string
  readonly title: string
  readonly words?: ReactNode
  /** Behind us, where it stands, still to come, or where it ended badly. */
  readonly state: 'done' | 'now' | 'next' | 'no'
}

/** The way of a matter as a row of steps (a column where there is no room). The word beside each mark says the same as its colour. */
export function ProcessBar({ steps, label, upright = false }: { readonly steps: readonly ProcessStep[]; readonly label: string; readonly upright?: boolean }) {
  const { t } = useT()
  return (
    <ol className={upright ? 'dt-process dt-process-upright' : 'dt-process'} aria-label={label}>
      {steps.map((step) => (
        <li key={step.key} className={`dt-process-${step.state}`} aria-current={step.state === 'now' ? 'step' : undefined}>
          <span className="dt-process-mark" aria-hidden>{step.state === 'done' ? <CheckOutlined /> : step.state === 'no' ? <CloseOutlined /> : null}</span>
          <span className="dt-process-words">
            <strong>{step.title}</strong>
            <span className="dt-visually-hidden">{t(`common.step.${step.state}`)}</span>
            {step.words && <span className="dt-secondary">{step.words}</span>}
          </span>
        </li>
      ))}
    </ol>
  )
}
