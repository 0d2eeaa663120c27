/**
 * The words of the offer and of the team, loaded with them; both languages, because they are few.
 * @module desk-team-texts
 */

/** Words by language and key. */
export const TEAM_TEXTS = {
  en: {
    "offer.accept": "Accept",
    "offer.decline": "Decline",
    "offer.left.one": "{count} second left",
    "offer.left.other": "{count} seconds left",
    "offer.title": "{name} is offered to you",
    "team.agent": "Agent",
    "team.load": "Load",
    "team.loadOf": "{load} of {capacity}",
    "team.presence": "Presence",
    "team.queues": "Queues",
    "team.stale": "The team cannot be read now. What you see may be out of date.",
  },
  es: {
    "offer.accept": "Aceptar",
    "offer.decline": "Rechazar",
    "offer.left.one": "Queda {count} segundo",
    "offer.left.other": "Quedan {count} segundos",
    "offer.title": "Se te ofrece la conversación con {name}",
    "team.agent": "Agente",
    "team.load": "Carga",
    "team.loadOf": "{load} de {capacity}",
    "team.presence": "Presencia",
    "team.queues": "Colas",
    "team.stale": "Ahora no se puede consultar el equipo. Lo que ves puede no estar al día.",
  },
};
