import { LICENCES, licenceById, OPENING_TYPES, operations, SHARING_TYPES, SHARING_WAYS, VISIBILITIES, type Entry } from '@datong/contracts'
import { Checkbox, Form, Input, Radio, Select } from 'antd'
import { useApi } from '../../../shared/api/hooks.ts'
import { useName } from '../../../shared/i18n/use-format.ts'
import { useT } from '../../../shared/i18n/use-t.ts'

/** How the data are shared with departments and opened to the public, and who sees the entry at all. */
export function SharingGroup({ entry }: { readonly entry: Entry }) {
  const { t } = useT()
  const name = useName()
  const organisations = useApi(operations.listOrganisations)
  const required = [{ required: true, whitespace: true, message: t('common.required') }]
  const licences = LICENCES.map(({ id, short, title, titleEn }) => ({ value: id, label: `${short} · ${t.language === 'en' ? titleEn : title}` }))
  return (
    <>
      <Form.Item name="sharingType" label={t('catalog.form.sharingType')} className="dt-form-wide">
        <Radio.Group options={SHARING_TYPES.map((value) => ({ value, label: t(`common.sharing.${value}`) }))} />
      </Form.Item>
      <Form.Item noStyle dependencies={['sharingType']}>
        {({ getFieldValue }) => {
          const type: unknown = getFieldValue('sharingType')
          return (
            <>
              {type === 'conditional' && (
                <Form.Item name="sharingCondition" label={t('catalog.form.sharingCondition')} rules={required} className="dt-form-wide"><Input.TextArea autoSize={{ minRows: 2 }} maxLength={1000} /></Form.Item>
              )}
              {type === 'not-shared' && (
                <Form.Item name="legalBasis" label={t('catalog.form.legalBasis')} extra={t('catalog.form.legalBasisHint')} rules={required} className="dt-form-wide"><Input.TextArea autoSize={{ minRows: 2 }} maxLength={1000} /></Form.Item>
              )}
              {type !== 'not-shared' && (
                <Form.Item name="sharingWays" label={t('entry.sharingWays')} className="dt-form-wide" rules={type ? [{ required: true, message: t('common.required') }] : []}>
                  <Checkbox.Group options={SHARING_WAYS.map((value) => ({ value, label: t(`entry.way.${value}`) }))} />
                </Form.Item>
              )}
            </>
          )
        }}
      </Form.Item>
      <Form.Item name="openingType" label={t('catalog.form.openingType')} className="dt-form-wide">
        <Radio.Group options={OPENING_TYPES.map((value) => ({ value, label: t(`common.opening.${value}`) }))} />
      </Form.Item>
      <Form.Item noStyle dependencies={['openingType']}>
        {({ getFieldValue }) => getFieldValue('openingType') === 'on-application' && (
          <Form.Item name="openingCondition" label={t('entry.openingCondition')} className="dt-form-wide"><Input.TextArea autoSize={{ minRows: 2 }} maxLength={1000} /></Form.Item>
        )}
      </Form.Item>
      <Form.Item name="licence" label={t('entry.licence')} rules={required}>
        <Select options={licenceById(entry.licence) ? licences : [{ value: entry.licence, label: entry.licence }, ...licences]} showSearch={{ optionFilterProp: 'label' }} />
      </Form.Item>
      <Form.Item name="visibility" label={t('entry.visibility')}>
        <Select options={VISIBILITIES.map((value) => ({ value, label: t(`entry.visibility.${value}`) }))} />
      </Form.Item>
      <Form.Item noStyle dependencies={['visibility']}>
        {({ getFieldValue }) => getFieldValue('visibility') === 'named' && (
          <Form.Item name="visibleTo" label={t('entry.visibleTo')} className="dt-form-wide" rules={[{ required: true, message: t('common.required') }]}>
            <Select
              mode="multiple" showSearch={{ optionFilterProp: 'label' }}
              options={organisations.data?.items.filter(({ code }) => code !== entry.organisation.code).map((one) => ({ value: one.code, label: name(one) })) ?? []}
            />
          </Form.Item>
        )}
      </Form.Item>
    </>
  )
}
