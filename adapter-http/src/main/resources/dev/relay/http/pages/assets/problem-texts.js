/**
 * What the server refuses, in the reader's language. The server's own words are English and for programs.
 * @module problem-texts
 */

const TYPE = "urn:relay:problem:";

/**
 * Words by language and the code of the problem.
 *
 * @type {Object<string, Object<string, string>>}
 */
export const PROBLEM_TEXTS = {
  en: {
    "already-taken": "another agent has this conversation",
    "too-late": "the message has been sent already, or could not be sent",
    "queue-exists": "there is a queue of that name already",
    "last-admin": "there must be an administrator who can sign in",
    "out-of-reach": "this channel cannot show the customer a message at the moment",
    "blocked": "you cannot write to us at the moment",
    "busy": "the server is busy; try again in a moment",
    "changed-meanwhile": "somebody else has changed it; load it again",
    "closed": "the conversation has ended",
    "common-password": "this password is too common; choose another one",
    "csrf": "your session has expired; sign in again",
    "failed": "the server made a mistake; try again later",
    "illegal-transition": "the case cannot have that status now",
    "incomplete": "not everything arrived; try again",
    "invalid": "the server does not accept this",
    "invalid-field": "a value is not allowed",
    "invalid-field.assignee": "there is no agent with that user name",
    "invalid-field.filename": "this file name is not allowed",
    "invalid-field.into": "these two cannot be merged",
    "invalid-field.queue": "there is no such queue",
    "invalid-field.reason": "the reason is empty or too long",
    "invalid-field.subject": "the subject is empty or too long",
    "invalid-field.tags": "there are too many tags, or one is too long",
    "invalid-field.text": "the text is empty or too long",
    "link-over": "this link was already used or has expired",
    "media-type": "the server does not accept this kind of content",
    "mention": "a colleague whom you mention may not see this",
    "merged": "it was merged into another one",
    "merged.customer": "the customer is merged with somebody else already, or a case has to do with both",
    "method": "the server does not offer this",
    "no-announcer": "no channel for announcements is configured",
    "no-conversation": "there is no conversation",
    "not-a-picture": "it is not a PNG or JPEG picture, or has too many pixels",
    "not-found": "it no longer exists",
    "not-json": "the server could not read the request",
    "not-live": "no agent has this conversation",
    "not-logged-in": "your session has expired; sign in again",
    "not-parked": "it is no longer held up",
    "not-the-author": "only its author can change it",
    "origin": "this page may not do that",
    "outdated": "somebody else has changed the case; load it again",
    "overloaded": "the server is busy; try again in a moment",
    "role": "your role does not allow it",
    "session-needed": "sign in with your password first",
    "shortcut-taken": "another saved reply has this shortcut",
    "too-large": "it is too large",
    "too-many": "too much at once; wait a moment and try again",
    "too-many-replies": "there are too many saved replies already",
    "too-many-streams": "too many windows are open; close one",
    "too-many-tokens": "you have the largest number of tokens; remove one first",
    "too-slow": "the connection was too slow; try again",
    "too-many-views": "there are too many saved views; remove one first",
    "unavailable": "the server cannot store anything at the moment; try again",
    "unknown": "something went wrong; try again",
    "unknown-conversation": "the conversation no longer exists",
    "unknown-message": "the message no longer exists",
    "username-taken": "the user name is already taken",
    "wrong-password": "the password is wrong",
  },
  es: {
    "already-taken": "otro agente tiene esta conversación",
    "too-late": "el mensaje ya se ha enviado, o no se pudo enviar",
    "queue-exists": "ya existe una cola con ese nombre",
    "last-admin": "tiene que haber un administrador que pueda iniciar sesión",
    "out-of-reach": "este canal no puede mostrar mensajes al cliente en este momento",
    "blocked": "ahora mismo no puedes escribirnos",
    "busy": "el servidor está ocupado; inténtalo dentro de un momento",
    "changed-meanwhile": "otra persona lo ha cambiado; vuelve a cargarlo",
    "closed": "la conversación ha terminado",
    "common-password": "esta contraseña es demasiado común; elige otra",
    "csrf": "tu sesión ha caducado; vuelve a entrar",
    "failed": "el servidor ha fallado; inténtalo más tarde",
    "illegal-transition": "el caso no puede pasar ahora a ese estado",
    "incomplete": "no ha llegado todo; inténtalo de nuevo",
    "invalid": "el servidor no lo acepta",
    "invalid-field": "hay un valor que no está permitido",
    "invalid-field.assignee": "no hay ningún agente con ese nombre de usuario",
    "invalid-field.filename": "este nombre de archivo no está permitido",
    "invalid-field.into": "estos dos no se pueden unir",
    "invalid-field.queue": "no existe esa cola",
    "invalid-field.reason": "el motivo está vacío o es demasiado largo",
    "invalid-field.subject": "el asunto está vacío o es demasiado largo",
    "invalid-field.tags": "hay demasiadas etiquetas, o una es demasiado larga",
    "invalid-field.text": "el texto está vacío o es demasiado largo",
    "link-over": "este enlace ya se ha usado o ha caducado",
    "media-type": "el servidor no acepta este tipo de contenido",
    "mention": "un compañero al que mencionas no puede ver esto",
    "merged": "se ha unido a otro",
    "merged.customer": "el cliente ya está unido con otra persona, o hay un caso que tiene que ver con ambos",
    "method": "el servidor no ofrece esto",
    "no-announcer": "no hay ningún canal de anuncios configurado",
    "no-conversation": "no hay ninguna conversación",
    "not-a-picture": "no es una imagen PNG o JPEG, o tiene demasiados píxeles",
    "not-found": "ya no existe",
    "not-json": "el servidor no ha podido leer la petición",
    "not-live": "ningún agente tiene esta conversación",
    "not-logged-in": "tu sesión ha caducado; vuelve a entrar",
    "not-parked": "ya no está retenido",
    "not-the-author": "solo quien lo escribió puede cambiarlo",
    "origin": "esta página no puede hacer eso",
    "outdated": "otra persona ha cambiado el caso; vuelve a cargarlo",
    "overloaded": "el servidor está ocupado; inténtalo dentro de un momento",
    "role": "tu rol no lo permite",
    "session-needed": "entra antes con tu contraseña",
    "shortcut-taken": "otra respuesta guardada ya tiene este atajo",
    "too-large": "es demasiado grande",
    "too-many": "demasiado de una vez; espera un momento e inténtalo de nuevo",
    "too-many-replies": "ya hay demasiadas respuestas guardadas",
    "too-many-streams": "hay demasiadas ventanas abiertas; cierra una",
    "too-many-tokens": "tienes el máximo de tokens; elimina uno antes",
    "too-slow": "la conexión era demasiado lenta; inténtalo de nuevo",
    "too-many-views": "ya hay demasiadas vistas guardadas; elimina una antes",
    "unavailable": "el servidor no puede guardar nada ahora mismo; inténtalo de nuevo",
    "unknown": "algo ha fallado; inténtalo de nuevo",
    "unknown-conversation": "la conversación ya no existe",
    "unknown-message": "el mensaje ya no existe",
    "username-taken": "ese nombre de usuario ya existe",
    "wrong-password": "la contraseña no es correcta",
  },
};

/**
 * What a problem document means.
 *
 * @param {import("./i18n.js").Texts} texts in the reader's language
 * @param {{type?: string, field?: string}|null|undefined} body the document, or {} if there was none
 * @returns {string}
 */
export function problemWords(texts, body) {
  const words = PROBLEM_TEXTS[texts.language] ?? PROBLEM_TEXTS.en;
  const code = body?.type?.startsWith(TYPE) ? body.type.slice(TYPE.length) : "unknown";
  return words[`${code}.${body?.field}`] ?? words[code] ?? words.unknown;
}
