import { Select, Tabs } from 'antd'
import { useNarrow } from './use-narrow.ts'

interface SectionTabsProps {
  readonly label: string
  readonly items: readonly { readonly key: string; readonly label: string }[]
  readonly value: string
  readonly onChange: (key: string) => void
  readonly className?: string
}

/** The parts of a section or the views of a list: tabs, or one choice where they would not fit beside each other. */
export function SectionTabs({ label, items, value, onChange, className }: SectionTabsProps) {
  const narrow = useNarrow()
  if (!narrow) return <Tabs {...(className ? { className } : {})} activeKey={value} items={[...items]} onChange={onChange} />
  return (
    <div className="dt-section-choice">
      <Select aria-label={label} value={value} onChange={onChange} options={items.map((item) => ({ value: item.key, label: item.label }))} />
    </div>
  )
}
