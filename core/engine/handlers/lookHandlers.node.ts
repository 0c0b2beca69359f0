/** looks.*: what a frame would look like, answered at once. */
import type { Handlers } from '../../contract/contract.ts';
import { createLookPictures, type LookPictureRooms } from '../footage/looks/lookPictures.node.ts';

/** Draws pictures of looks for the window. */
export function lookHandlers(rooms: LookPictureRooms): Pick<Handlers, 'looks.pictures'> {
  return { 'looks.pictures': createLookPictures(rooms) };
}
