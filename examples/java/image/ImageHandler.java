import io.nuclio.Context;
import io.nuclio.Event;
import io.nuclio.EventHandler;
import io.nuclio.Response;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import javax.imageio.ImageIO;

/** Makes a picture smaller: POST a PNG, JPEG, GIF or BMP to {@code /?width=200}; a PNG comes back, or what {@code &format=} says. */
public class ImageHandler implements EventHandler {

    private static final int MOST = 4096;

    public ImageHandler() {
        // No display is there, and pictures fit in memory.
        System.setProperty("java.awt.headless", "true");
        ImageIO.setUseCache(false);
    }

    @Override
    public Response handleEvent(Context context, Event event) {
        String width = event.getFieldString("width");
        if (width == null || !width.matches("[1-9]\\d{0,3}") || Integer.parseInt(width) > MOST) {
            return refusal("say a width from 1 to " + MOST + ": /?width=200");
        }
        String format = event.getFieldString("format") == null ? "png" : event.getFieldString("format");
        try {
            BufferedImage image = ImageIO.read(new ByteArrayInputStream(event.getBody()));
            if (image == null) {
                return refusal("the body is no picture that can be read");
            }
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            if (!ImageIO.write(resized(image, Integer.parseInt(width)), format, out)) {
                return refusal("no such format: " + format);
            }
            context.getLogger().infoWith("resized", "from", image.getWidth(), "to", width, "bytes", out.size());
            return new Response().setBody(out.toByteArray()).setContentType("image/" + format);
        } catch (IOException e) {
            return refusal("the picture is damaged: " + e.getMessage());
        }
    }

    private static BufferedImage resized(BufferedImage image, int width) {
        int height = Math.max(1, image.getHeight() * width / image.getWidth());
        BufferedImage small = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = small.createGraphics();
        graphics.setRenderingHint(RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
        graphics.drawImage(image, 0, 0, width, height, null);
        graphics.dispose();
        return small;
    }

    private static Response refusal(String why) {
        return new Response().setStatusCode(400).setBody(why);
    }
}
