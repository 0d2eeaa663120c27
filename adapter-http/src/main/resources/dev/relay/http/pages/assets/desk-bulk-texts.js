/**
 * The words of the bar that changes many rows at once.
 * @module desk-bulk-texts
 */

/** Words by language and key. */
export const TEXTS = {
  en: {
    "bulk.nobody": "Nobody",
    "bulk.action": "Action",
    "bulk.apply": "Apply",
    "bulk.assign": "Assign to",
    "bulk.clear": "Select none",
    "bulk.count.one": "{count} selected",
    "bulk.count.other": "{count} selected",
    "bulk.most": "The first {most} are changed.",
    "bulk.noCase": "it has no case",
    "bulk.outcome": "{done} done, {refused} refused.",
    "bulk.priority": "Set priority",
    "bulk.queue": "Move to queue",
    "bulk.soon.one": "{count} case becomes {status} in a moment.",
    "bulk.soon.other": "{count} cases become {status} in a moment.",
    "bulk.status": "Set status of the case",
    "bulk.tag": "Add tag",
    "bulk.tagHint": "Tag",
    "bulk.title": "Change the selected rows",
    "bulk.value": "New value",
  },
  es: {
    "bulk.nobody": "Nadie",
    "bulk.action": "Acción",
    "bulk.apply": "Aplicar",
    "bulk.assign": "Asignar a",
    "bulk.clear": "No seleccionar nada",
    "bulk.count.one": "{count} seleccionado",
    "bulk.count.other": "{count} seleccionados",
    "bulk.most": "Se cambian los primeros {most}.",
    "bulk.noCase": "no tiene caso",
    "bulk.outcome": "{done} hechos, {refused} rechazados.",
    "bulk.priority": "Cambiar la prioridad",
    "bulk.queue": "Pasar a la cola",
    "bulk.soon.one": "{count} caso pasará en un momento a: {status}.",
    "bulk.soon.other": "{count} casos pasarán en un momento a: {status}.",
    "bulk.status": "Cambiar el estado del caso",
    "bulk.tag": "Añadir etiqueta",
    "bulk.tagHint": "Etiqueta",
    "bulk.title": "Cambiar las filas seleccionadas",
    "bulk.value": "Nuevo valor",
  },
};
