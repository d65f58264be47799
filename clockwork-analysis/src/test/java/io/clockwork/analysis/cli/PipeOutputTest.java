package io.clockwork.analysis.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import org.junit.jupiter.api.Test;

class PipeOutputTest {
    private static PipeOutput failing(String message) {
        return new PipeOutput(new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                throw new IOException(message);
            }
        });
    }

    @Test
    void tellsAReaderThatLeftFromADiskThatIsFull() {
        PipeOutput left = failing("Broken pipe");
        assertThat(left.isReaderGone()).isFalse();
        assertThatThrownBy(() -> left.write(1)).isInstanceOf(IOException.class);
        assertThat(left.isReaderGone()).isTrue();

        PipeOutput full = failing("No space left on device");
        assertThatThrownBy(() -> full.write(new byte[9])).isInstanceOf(IOException.class);
        assertThat(full.isReaderGone()).isFalse();
    }
}
