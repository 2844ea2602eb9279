import { operations, UPDATE_CYCLES, type ResponseOf } from '@datong/contracts'
import { Cascader, Form, Input, Select, type FormInstance } from 'antd'
import { useState } from 'react'
import { call } from '../../../shared/api/client.ts'
import { useApi } from '../../../shared/api/hooks.ts'
import { useName } from '../../../shared/i18n/use-format.ts'
import { useT } from '../../../shared/i18n/use-t.ts'
import type { DescriptionValues } from './values.ts'

type Region = ResponseOf<typeof operations.listRegions>['items'][number]
interface Choice {
  readonly value: string
  readonly label: string
  readonly name: string
  readonly isLeaf: boolean
  readonly children?: Choice[]
}

/** Which area and period the data are about, and how often they come anew. */
export function CoverageGroup({ form }: { readonly form: FormInstance<DescriptionValues> }) {
  const { t } = useT()
  return (
    <>
      <Form.Item label={t('entry.divisionPick')}><DivisionCascader onPick={(division, divisionName) => form.setFieldsValue({ division, divisionName })} /></Form.Item>
      <Form.Item name="division" label={t('entry.division')} rules={[{ pattern: /^[1-9][0-9](?:[0-9]{2}){0,2}(?:[0-9]{3}){0,2}$/, message: t('entry.divisionForm') }]}>
        <Input maxLength={12} inputMode="numeric" placeholder={t('entry.divisionForm')} />
      </Form.Item>
      <Form.Item name="divisionName" label={t('entry.divisionName')}><Input maxLength={200} /></Form.Item>
      <Form.Item name="updateCycle" label={t('catalog.form.updateCycle')}>
        <Select options={UPDATE_CYCLES.map((value) => ({ value, label: t(`common.cycle.${value}`) }))} />
      </Form.Item>
      <Form.Item name="from" label={`${t('entry.temporal')} · ${t('entry.temporalFrom')}`}><Input type="date" /></Form.Item>
      <Form.Item name="to" label={`${t('entry.temporal')} · ${t('entry.temporalTo')}`}><Input type="date" /></Form.Item>
    </>
  )
}

/** The tree of divisions, fetched level by level. */
function DivisionCascader({ onPick }: { readonly onPick: (code: string, name: string) => void }) {
  const { t } = useT()
  const name = useName()
  const roots = useApi(operations.listRegions)
  const [below, setBelow] = useState<Readonly<Record<string, readonly Region[]>>>({})
  const choiceOf = (region: Region): Choice => {
    const children = below[region.code]
    return { value: region.code, label: name(region), name: region.name, isLeaf: region.level === 'village' || children?.length === 0, ...(children ? { children: children.map(choiceOf) } : {}) }
  }
  return (
    <Cascader<Choice>
      changeOnSelect aria-label={t('entry.divisionPick')} options={roots.data?.items.map(choiceOf) ?? []}
      loadData={(path) => {
        const last = path.at(-1)
        if (!last) return
        void call(operations.listRegions, { query: { parent: String(last.value) } }).then(({ items }) => setBelow((before) => ({ ...before, [String(last.value)]: items })))
      }}
      onChange={(_, path) => {
        const chosen = path.at(-1)
        if (chosen) onPick(chosen.value, chosen.name)
      }}
    />
  )
}
