// What the browser keeps running for the site. Each part has a file of its own.
import { keepShell } from './sw/shell';
import { takeReminders } from './sw/reminders';
import type { WorkerScope } from './sw/worker_scope';

keepShell(self as unknown as WorkerScope);
takeReminders(self as unknown as WorkerScope);
