import { operations, type Operation } from '@datong/contracts'
import type { ComponentType } from 'react'
import type { RouteObject } from 'react-router'
import { guarded } from './layout/guarded.tsx'

type Page = () => Promise<ComponentType>

/** A page that is fetched when it is first opened, for those who may call one of the operations. */
const page = (path: string, load: Page, needs: readonly Operation[] = [], children?: RouteObject[]): RouteObject => ({
  path,
  lazy: async () => ({ Component: guarded(await load(), needs) }),
  ...(children ? { children } : {}),
})
const first = (load: Page, needs: readonly Operation[] = []): RouteObject => ({ index: true, lazy: async () => ({ Component: guarded(await load(), needs) }) })

const { getMaskingPolicy, listApplications, listApps, listCredit, listEvidence, listLoads, listPurposes, listRules, listUsers, upload, updateEntry, usage } = operations

/** Pages of the console. */
export const consoleRoutes: RouteObject[] = [
  { path: '/console/login', lazy: async () => ({ Component: (await import('./login/login-page.tsx')).LoginPage }) },
  {
    path: '/console',
    lazy: async () => ({ Component: (await import('./layout/console-layout.tsx')).ConsoleLayout }),
    children: [
      first(async () => (await import('./overview/overview-page.tsx')).OverviewPage),
      page('catalog', async () => (await import('./catalog/catalog-frame.tsx')).CatalogFrame, [], [
        first(async () => (await import('./catalog/catalog-page.tsx')).CatalogPage),
        page('clocks', async () => (await import('./clocks/clocks-page.tsx')).ClocksPage, [operations.listEntryClocks]),
        page('lists', async () => (await import('./lists/lists-frame.tsx')).ListsFrame, [], [
          first(async () => (await import('./lists/responsibility-page.tsx')).ResponsibilityPage, [operations.listResponsibilities]),
          page('negative', async () => (await import('./lists/negative-page.tsx')).NegativePage, [operations.listNegativeItems]),
          page('demands', async () => (await import('./lists/demands-page.tsx')).DemandsPage),
        ]),
        page('classification', async () => (await import('./catalog/classification-page.tsx')).ClassificationPage, [operations.listClassification]),
        page('words', async () => (await import('./words/words-page.tsx')).WordsPage, [operations.searchStatistics]),
        page('metadata-quality', async () => (await import('./metadata/metadata-page.tsx')).MetadataPage, [operations.metadataQuality]),
        page('ledger', async () => (await import('./ledger/ledger-page.tsx')).LedgerPage, [operations.listLedger]),
        page('bulk', async () => (await import('./bulk/bulk-page.tsx')).BulkPage, [operations.listBulkImports]),
        page('harvest', async () => (await import('./harvest/sources-page.tsx')).HarvestSourcesPage, [operations.listHarvestSources]),
        page('standards', async () => (await import('./standards/standards-frame.tsx')).StandardsFrame, [], [
          first(async () => (await import('./standards/elements-page.tsx')).ElementsPage),
          page('code-lists', async () => (await import('./standards/code-lists-page.tsx')).CodeListsPage),
          page('conformity', async () => (await import('./standards/conformity-page.tsx')).ConformityPage, [operations.conformity]),
          page('imports', async () => (await import('./standards/imports-page.tsx')).ImportsPage, [operations.listStandardsImports]),
        ]),
      ]),
      page('catalog/bulk/:id', async () => (await import('./bulk/import-page.tsx')).BulkImportPage, [operations.listBulkImports]),
      page('catalog/harvest/:id', async () => (await import('./harvest/source-page.tsx')).HarvestSourcePage, [operations.listHarvestSources]),
      page('catalog/standards/elements/:id', async () => (await import('./standards/element-page.tsx')).ElementPage),
      page('catalog/standards/code-lists/:id', async () => (await import('./standards/code-list-page.tsx')).CodeListPage),
      page('catalog/standards/entries/:code', async () => (await import('./standards/entry-mapping-page.tsx')).EntryMappingPage, [operations.getEntryConformity]),
      page('catalog/standards/imports/:id', async () => (await import('./standards/import-page.tsx')).ImportPage, [operations.listStandardsImports]),
      page('catalog/:code', async () => (await import('./catalog/entry-page.tsx')).EntryPage),
      page('catalog/:code/edit', async () => (await import('./catalog/edit-page.tsx')).EditEntryPage, [updateEntry]),
      page('collection', async () => (await import('./collection/collection-frame.tsx')).CollectionFrame, [], [
        first(async () => (await import('./collection/loads-page.tsx')).LoadsPage, [listLoads]),
        page('recipes', async () => (await import('./collection/recipes/recipes-page.tsx')).RecipesPage, [operations.listRecipes]),
        page('sources', async () => (await import('./collection/sources/sources-page.tsx')).SourcesPage, [operations.listSources]),
        page('forms', async () => (await import('./collection/forms/forms-page.tsx')).FormsPage, [operations.listForms]),
        page('lake', async () => (await import('./collection/lake/lake-page.tsx')).LakePage, [operations.listLake]),
      ]),
      page('collection/forms/new', async () => (await import('./collection/forms/form-design-page.tsx')).NewFormPage, [operations.createForm]),
      page('collection/forms/:id', async () => (await import('./collection/forms/form-page.tsx')).FormPage, [operations.listForms]),
      page('collection/forms/:id/edit', async () => (await import('./collection/forms/form-design-page.tsx')).EditFormPage, [operations.changeForm]),
      page('collection/lake/new', async () => (await import('./collection/lake/view-editor-page.tsx')).NewViewPage, [operations.createView]),
      page('collection/lake/:code', async () => (await import('./collection/lake/lake-entry-page.tsx')).LakeEntryPage),
      page('collection/lake/:code/view', async () => (await import('./collection/lake/view-editor-page.tsx')).EditViewPage, [operations.changeView]),
      page('collection/sources/new', async () => (await import('./collection/sources/source-form-page.tsx')).NewSourcePage, [operations.createSource]),
      page('collection/sources/:id', async () => (await import('./collection/sources/source-page.tsx')).SourcePage, [operations.listSources]),
      page('collection/sources/:id/edit', async () => (await import('./collection/sources/source-form-page.tsx')).EditSourcePage, [operations.changeSource]),
      page('collection/upload', async () => (await import('./collection/upload-page.tsx')).UploadPage, [upload]),
      page('collection/recipes/:code', async () => (await import('./collection/recipes/recipe-page.tsx')).RecipePage, [operations.getRecipes]),
      page('collection/loads/:id', async () => (await import('./collection/load-page.tsx')).LoadPage, [listLoads]),
      page('quality/entries/:code', async () => (await import('./quality/entry-rules-page.tsx')).EntryRulesPage, [operations.listEntryRules]),
      page('quality/entries/:code/new', async () => (await import('./quality/new-rule-page.tsx')).NewQualityRulePage, [operations.createQualityRule]),
      page('quality/rules/:id', async () => (await import('./quality/rule-page.tsx')).QualityRulePage, [operations.getQualityRule]),
      page('quality', async () => (await import('./quality/quality-frame.tsx')).QualityFrame, [operations.qualityOverview], [
        first(async () => (await import('./quality/overview-page.tsx')).QualityOverviewPage),
        page('rules', async () => (await import('./quality/rules-page.tsx')).QualityRulesPage, [operations.listQualityRules]),
        page('tickets', async () => (await import('./tickets/tickets-page.tsx')).TicketsPage, [operations.listTickets]),
        page('trace', async () => (await import('./tickets/trace-page.tsx')).TracePage, [operations.traceCell]),
      ]),
      page('quality/tickets/:id', async () => (await import('./tickets/ticket-page.tsx')).TicketPage, [operations.listTickets]),
      page('sharing', async () => (await import('./sharing/sharing-frame.tsx')).SharingFrame, [listApplications], [
        first(async () => (await import('./sharing/inbox/applications-page.tsx')).ApplicationsPage),
        page('grants', async () => (await import('./sharing/grants/grants-page.tsx')).GrantsPage),
        page('board', async () => (await import('./board/board-page.tsx')).BoardPage, [operations.sharingBoard]),
        page('evaluations', async () => (await import('./sharing/grants/evaluations-page.tsx')).EvaluationsPage),
        page('apps', async () => (await import('./sharing/apps-page.tsx')).AppsPage, [listApps]),
      ]),
      page('sharing/applications/:id', async () => (await import('./sharing/application/application-page.tsx')).ApplicationPage, [listApplications]),
      page('sharing/grants/:id', async () => (await import('./sharing/grants/grant-page.tsx')).GrantPage, [listApplications]),
      page('sharing/apply/:code', async () => (await import('./sharing/apply/apply-page.tsx')).ApplyPage, [operations.apply]),
      page('sharing/cart', async () => (await import('./sharing/apply/cart-page.tsx')).CartPage, [operations.apply]),
      page('governance', async () => (await import('./governance/governance-frame.tsx')).GovernanceFrame, [], [
        first(async () => (await import('./governance/credit-page.tsx')).CreditPage, [listCredit]),
        page('sleeping', async () => (await import('./governance/sleeping-page.tsx')).SleepingPage, [operations.listSleeping]),
        page('rules', async () => (await import('./rules/rules-page.tsx')).RulesPage, [listRules]),
        page('purposes', async () => (await import('./purposes/purposes-page.tsx')).PurposesPage, [listPurposes]),
        page('duties', async () => (await import('./purposes/duties-page.tsx')).DutiesPage, [operations.listDuties]),
        page('calendar', async () => (await import('./clocks/calendar-page.tsx')).CalendarPage),
        page('limits', async () => (await import('./board/limits-page.tsx')).LimitsPage, [operations.listSharingSettings]),
      ]),
      page('governance/credit/:organisation', async () => (await import('./governance/department-credit-page.tsx')).DepartmentCreditPage, [listCredit]),
      page('governance/rules/new', async () => (await import('./rules/rule-page.tsx')).NewRulePage, [operations.createRule]),
      page('governance/rules/:id', async () => (await import('./rules/rule-page.tsx')).RulePage, [listRules]),
      page('governance/purposes/:code', async () => (await import('./purposes/purpose-page.tsx')).PurposePage, [listPurposes]),
      page('calls', async () => (await import('./delivery/use/calls-frame.tsx')).CallsFrame, [usage], [
        first(async () => (await import('./delivery/use/calls-page.tsx')).CallsPage),
        page('derived', async () => (await import('./delivery/derived/derived-list-page.tsx')).DerivedListPage, [operations.listDerived]),
      ]),
      page('calls/derived/new', async () => (await import('./delivery/derived/edit-page.tsx')).NewDerivedPage, [operations.createDerived]),
      page('calls/derived/:id', async () => (await import('./delivery/derived/derived-page.tsx')).DerivedPage, [operations.listDerived]),
      page('calls/derived/:id/edit', async () => (await import('./delivery/derived/edit-page.tsx')).EditDerivedPage, [operations.changeDerived]),
      page('delivery/grants/:id', async () => (await import('./delivery/workbench/workbench-page.tsx')).WorkbenchPage, [listApplications], [
        page('rows', async () => (await import('./delivery/playground/playground-page.tsx')).PlaygroundPage),
        page('verify', async () => (await import('./delivery/verify/verify-page.tsx')).VerifyPage),
        page('statistics', async () => (await import('./delivery/statistics/statistics-page.tsx')).StatisticsPage),
        page('graphql', async () => (await import('./delivery/graphql/graphql-page.tsx')).GraphqlPage),
        page('files', async () => (await import('./delivery/files/files-page.tsx')).FilesPage),
        page('changes', async () => (await import('./delivery/changes/changes-page.tsx')).ChangesPage),
        page('webhooks', async () => (await import('./delivery/webhooks/webhooks-page.tsx')).WebhooksPage),
        page('push', async () => (await import('./delivery/push/push-page.tsx')).PushPage),
      ]),
      page('following', async () => (await import('./following/following-page.tsx')).FollowingPage),
      page('protection', async () => (await import('./protection/protection-frame.tsx')).ProtectionFrame, [], [
        first(async () => (await import('./protection/policy-page.tsx')).PolicyPage, [getMaskingPolicy]),
        page('watermark', async () => (await import('./watermark/watermark-page.tsx')).WatermarkPage, [operations.readWatermark]),
      ]),
      page('evidence', async () => (await import('./evidence/evidence-page.tsx')).EvidencePage, [listEvidence]),
      page('evidence/receipts/:id', async () => (await import('./evidence/receipt-page.tsx')).ReceiptPage),
      page('settings', async () => (await import('./settings/settings-frame.tsx')).SettingsFrame, [], [
        first(async () => (await import('./settings/users-page.tsx')).UsersPage, [listUsers]),
        page('organisations', async () => (await import('./settings/organisations-page.tsx')).OrganisationsPage),
      ]),
      { path: '*', lazy: async () => ({ Component: (await import('../app/not-found.tsx')).NotFound }) },
    ],
  },
]
