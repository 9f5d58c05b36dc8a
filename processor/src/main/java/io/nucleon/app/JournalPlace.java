package io.nucleon.app;

import io.nucleon.host.RunStates;
import io.nucleon.host.UserFolders;
import io.nucleon.journal.JournalSetting;
import io.nucleon.journal.SecretValues;
import io.nucleon.spec.platform.JournalConfig;
import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Where functions have their journals. Stateless. */
final class JournalPlace {

    private static final Logger LOG = LoggerFactory.getLogger(JournalPlace.class);

    private JournalPlace() {}

    /** As the platform has it; noted for commands, so that they find one that is not where it usually is. */
    static JournalSetting of(JournalConfig config, UserFolders folders, Plan plan) {
        JournalSetting setting =
                JournalSetting.of(config, folders.journal(plan.name())).with(SecretValues.of(Settings.secrets(plan)));
        try {
            folders.journalIsAt(plan.name(), setting.folder());
        } catch (IOException e) {
            // as in a container whose files can't be written: commands there are told by --journal
            LOG.debug("the place of the journal in {} is not noted", setting.folder(), e);
        }
        return setting;
    }

    /** Of a function that somebody runs to work on it: its folder's own, so that another of that name elsewhere has another. */
    static JournalSetting ofRun(JournalConfig config, UserFolders folders, Plan plan) {
        return JournalSetting.of(config, folders.journal(plan.name(), plan.source()))
                .with(SecretValues.of(Settings.secrets(plan)))
                .from(RunStates.folder(plan.source()));
    }
}
