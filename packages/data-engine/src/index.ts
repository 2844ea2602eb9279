export * from './engine.ts'
export * from './field.ts'
export * from './profile.ts'
export * from './read-plan.ts'
