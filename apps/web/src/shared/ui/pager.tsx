import { LeftOutlined, RightOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import type { ReactNode } from 'react'
import { useFormat } from '../i18n/use-format.ts'
import { useT } from '../i18n/use-t.ts'

interface PagerProps {
  /** Number of the page, from 0. */
  readonly index: number
  readonly size: number
  readonly count: number
  readonly total?: number | undefined
  readonly onPrevious?: (() => void) | undefined
  readonly onNext?: (() => void) | undefined
  readonly children?: ReactNode
}

/** Where one is in a list, and the way on. Cursors know only the next page, so there are no page numbers. */
export function Pager({ index, size, count, total, onPrevious, onNext, children }: PagerProps) {
  const { t } = useT()
  const format = useFormat()
  const from = format.number(index * size + 1)
  const to = format.number(index * size + count)
  return (
    <nav className="dt-pager" aria-label={t('common.pages')}>
      <span className="dt-secondary">
        {total === undefined ? t('common.range', { from, to }) : t('common.rangeOf', { from, to, total: format.number(total) })}
      </span>
      <span className="dt-pager-buttons">
        {children}
        {(onPrevious || onNext) && (
          <>
            <Button size="small" icon={<LeftOutlined />} disabled={!onPrevious} onClick={onPrevious}>{t('common.previous')}</Button>
            <Button size="small" icon={<RightOutlined />} iconPlacement="end" disabled={!onNext} onClick={onNext}>{t('common.next')}</Button>
          </>
        )}
      </span>
    </nav>
  )
}
