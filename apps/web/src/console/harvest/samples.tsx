import type { operations, ResponseOf } from '@datong/contracts'
import { useFormat } from '../../shared/i18n/use-format.ts'
import { useT } from '../../shared/i18n/use-t.ts'
import { ListTable } from '../../shared/ui/list-table.tsx'
import { Empty } from '../../shared/ui/states.tsx'

type Preview = ResponseOf<typeof operations.previewHarvestSource>

/** The first records of a catalogue as they would come in. */
export function Samples({ total, items, problems }: Preview) {
  const { t } = useT()
  const format = useFormat()
  if (items.length === 0 && problems.length === 0) return <Empty title={t('harvest.nothingThere')} />
  return (
    <div className="dt-gap">
      <p>{total === null ? t('harvest.previewFound') : t('harvest.previewTotal', { count: total, figure: format.number(total) })}</p>
      <ListTable<Preview['items'][number]>
        rows={items} rowKey={({ identifier }) => identifier} label={t('harvest.preview')} size="small"
        columns={[
          { key: 'title', title: t('harvest.column.title'), render: (one) => <div className="dt-cell-title">{one.title}<div className="dt-secondary dt-cell-sub">{one.publisher}</div></div> },
          { key: 'theme', title: t('harvest.column.theme'), render: (one) => t.maybe('common.theme.', one.theme) },
          { key: 'links', title: t('harvest.column.links'), render: (one) => format.number(one.links) },
          { key: 'modified', title: t('harvest.column.modified'), render: (one) => <span className="dt-nowrap">{one.modified?.slice(0, 10) ?? '–'}</span> },
        ]}
      />
      {problems.length > 0 && <ul className="dt-issues">{problems.map((problem, index) => <li key={index}>{problem.title ?? problem.identifier ?? '–'}：{t.maybe('harvest.problem.', problem.code, problem.code)}</li>)}</ul>}
    </div>
  )
}
